using System.Globalization;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Analytics;

/// <summary>
/// AN0404: flows with high-entropy payload that match no handshake, on ports where that is not expected. One detection a source,
/// destination, port and UTC day. "Encrypted and no key exchange" is a conjunction: entropy alone, or absence alone, is nothing.
/// </summary>
internal static class An0404Network
{
    private const string AnalyticId = "AN0404";
    private const int MinRepeated = 3;
    private const int HalfPercent = 50;
    private static readonly EvidenceKind[] Random = [EvidenceKind.EncryptedNoHandshake, EvidenceKind.EncryptedHandshakeUnseen];

    /// <summary>The identity of what is said of a channel on one day.</summary>
    public static DetectionId IdOf(ChannelKey channel, DateOnly day) =>
        DetectionId.Create(AnalyticId, channel.SourceIp.ToString(), Destination(channel), day);

    /// <summary>Judges a channel's facts.</summary>
    public static IReadOnlyList<Detection> Judge(ChannelFacts facts, DetectionSettings settings) =>
    [
        // A flow that turned out to be opened by the other end is the other direction's.
        .. facts.Flows.Where(flow => ChannelKey.Of(flow) == facts.Key).GroupBy(flow => flow.Day).OrderBy(day => day.Key)
            .Select(day => JudgeDay(
                facts, settings, DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day.Key), [.. day],
                facts.Exchanges.Where(exchange => exchange.Flow.Day == day.Key).Select(exchange => exchange.Span),
                Regularity(facts, day.Key)))
            .OfType<Detection>(),
    ];

    private static Detection? JudgeDay(
        ChannelFacts facts, DetectionSettings settings, DateOnly day, IReadOnlyList<FlowSummary> flows, IEnumerable<Sightings> exchanges,
        Regularity? regularity)
    {
        ChannelKey channel = facts.Key;
        string? name = flows.Select(flow => flow.ServerName).FirstOrDefault(server => server is not null);
        EvidenceList evidence = new(settings);
        PayloadEvidence payload = PayloadEvidence.Add(evidence, flows, settings.EntropyThreshold, ExpectedFlows.Of(facts, day));
        bool vpn = !payload.IsEvidence && VpnEvidence.Add(evidence, channel, settings, flows);
        bool unnamed = !payload.IsEvidence && !vpn && UnnamedChannel.Add(evidence, channel, settings, flows);
        if (!payload.IsEvidence && !vpn && !unnamed)
        {
            return null;
        }

        if (payload.HasKeyExchange && channel.DestinationPort is 443 or 853
            && settings.DoHResolvers.Find(channel.DestinationIp, name) is { } resolver)
        {
            settings.Use?.Exempted(resolver, channel.ToString());
            return null;
        }

        if (payload.IsEvidence)
        {
            // Files and letters are what HTTP carries: the port is as it should be.
            if (!payload.IsWeak)
            {
                AddPort(evidence, channel, settings);
            }

            AddRepetition(evidence, payload);
            if (Array.Exists(Random, evidence.Has) && DefaultDestinations.Messengers.Covers(channel.DestinationIp, null))
            {
                evidence.Add(EvidenceKind.MessengerNetwork, $"{channel.DestinationIp} is in Telegram's published network");
            }
        }

        if (unnamed)
        {
            AddPort(evidence, channel, settings);
        }

        if (!vpn && regularity is { } timer)
        {
            evidence.Add(EvidenceKind.Beaconing, timer.Says());
        }

        int confidence = Confidence.Of(evidence.Sum, mediumAtMost: payload.HasKeyExchange || unnamed);
        if (confidence < Confidence.Published)
        {
            return null;
        }

        IEnumerable<DateTimeOffset> times = flows.Select(flow => flow.Seen).Concat(exchanges)
            .SelectMany(seen => seen.Sample.Append(seen.First!.Value).Append(seen.Last!.Value))
            .Select(seen => DateTimeOffset.FromUnixTimeMilliseconds(seen.Time.Ms));
        string where = string.Create(CultureInfo.InvariantCulture, $"{channel.DestinationIp}:{channel.DestinationPort}");
        Detection detection = new()
        {
            DetectionId = IdOf(channel, day),
            Time = evidence.Earliest ?? times.Min(),
            AnalyticId = AnalyticId,
            Technique = payload.HasKeyExchange ? Techniques.AsymmetricCryptography : Techniques.SymmetricCryptography,
            Platform = TelemetryPlatform.Network,
            Severity = Confidence.ToSeverity(confidence),
            Confidence = confidence,
            Title = payload.IsEvidence
                ? $"{channel.SourceIp} sends {payload.Description} to {where}"
                : unnamed ? $"{channel.SourceIp} talks to {where} in no protocol that a sensor knows"
                : $"{channel.SourceIp} runs a VPN to {where}, off its port",
            SourceIp = channel.SourceIp,
            Destination = new(channel.DestinationIp, channel.DestinationPort, Protocols.Name(channel.Protocol), name),
            WindowStart = times.Min(),
            WindowEnd = times.Max(),
            SettingsVersion = settings.Version,
            Evidence = evidence.Ordered(),
            CommunityIds = evidence.CommunityIds,
        };

        // The network knows a host by its address, and by the names that the settings give that.
        return settings.Suppress(
            detection,
            [
                channel.SourceIp.ToString(),
                .. settings.HostAddresses.Where(host => host.Value.Contains(channel.SourceIp)).Select(host => host.Key),
            ]);
    }

    /// <summary>Whether the flows of a day began by a timer. A flow that several records tell of began with the first of them.</summary>
    private static Regularity? Regularity(ChannelFacts facts, int day)
    {
        FlowStart[] starts =
        [
            .. facts.Starts.Where(start => Math.DivRem(start.Ms, TimeSpan.MillisecondsPerDay).Quotient == day)
                .GroupBy(start => start.Port).Select(flow => flow.MinBy(start => start.Ms)).OrderBy(start => start.Ms),
        ];
        return Evidence.Regularity.Of(
            [.. starts.Select(start => start.Ms)],
            [.. starts.Where(start => start.BytesOut is not null).Select(start => start.BytesOut!.Value)]);
    }

    private static void AddPort(EvidenceList evidence, ChannelKey channel, DetectionSettings settings)
    {
        string port = string.Create(CultureInfo.InvariantCulture, $"{channel.DestinationPort}/{Protocols.Name(channel.Protocol)}");
        switch (settings.Profile(channel.DestinationPort, channel.Protocol))
        {
            case null:
                evidence.Add(EvidenceKind.OddPort, $"{port} is on no port profile");
                break;
            case { Expected: var expected } when expected.Contains("any"):
                // Services with schemes of their own: random payload there is half expected.
                // XOR and ECB are not: no service has them.
                foreach (EvidenceKind random in Random)
                {
                    if (evidence.Has(random))
                    {
                        evidence.Add(random, $"{port} carries encryption of its own kind", percent: -HalfPercent);
                    }
                }

                break;
            case { Expected: var expected } when ProvesAbsence(evidence) || expected.Contains("none"):
                string words = string.Join(" or ", expected.Select(word => word == "none" ? "no encryption" : word));
                evidence.Add(
                    EvidenceKind.ExpectedEncryptionAbsent,
                    evidence.Has(EvidenceKind.EncryptedBodies)
                        ? $"{port} is expected to carry {words}; the bodies on it are neither"
                        : $"{port} is expected to carry {words}; what it carries is not recognised as that");
                break;
        }
    }

    /// <summary>
    /// Whether the start of the flow was seen, or need not be: an exchange that went by before the capture is not absent.
    /// </summary>
    private static bool ProvesAbsence(EvidenceList evidence) =>
        evidence.Has(EvidenceKind.EncryptedNoHandshake) || evidence.Has(EvidenceKind.PayloadXor) || evidence.Has(EvidenceKind.PayloadEcb)
        || evidence.Has(EvidenceKind.EncryptedBodies);

    private static void AddRepetition(EvidenceList evidence, PayloadEvidence payload)
    {
        if (payload.RandomFlows >= MinRepeated)
        {
            evidence.Add(
                EvidenceKind.RepeatedFlows,
                string.Create(CultureInfo.InvariantCulture, $"{payload.RandomFlows} flows of the channel show the same"));
        }
    }

    private static string Destination(ChannelKey channel) => string.Create(
        CultureInfo.InvariantCulture, $"{channel.DestinationIp}:{channel.DestinationPort}/{channel.Protocol}");
}
