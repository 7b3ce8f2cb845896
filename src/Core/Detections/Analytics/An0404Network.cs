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
    private const int RepeatedFrom = 3;
    private const int HalfPercent = 50;
    private static readonly string[] VpnProtocols = ["wireguard", "openvpn", "ipsec", "esp", "ike", "ikev2", "isakmp"];

    /// <summary>The identity of what is said of a channel on one day.</summary>
    public static DetectionId IdOf(ChannelKey channel, DateOnly day) =>
        DetectionId.Create(AnalyticId, channel.SourceIp.ToString(), Destination(channel), day);

    /// <summary>Judges a channel's facts.</summary>
    public static IReadOnlyList<Detection> Judge(ChannelFacts facts, DetectionSettings settings) =>
    [
        // A flow that turned out to be opened by the other end is the other direction's.
        .. facts.Flows.Where(flow => ChannelKey.Of(flow) == facts.Key).GroupBy(flow => flow.Day).OrderBy(day => day.Key)
            .Select(day => JudgeDay(
                facts.Key, settings, DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day.Key), [.. day],
                facts.Exchanges.Where(exchange => exchange.Flow.Day == day.Key).Select(exchange => exchange.Span)))
            .OfType<Detection>(),
    ];

    private static Detection? JudgeDay(ChannelKey channel, DetectionSettings settings, DateOnly day, IReadOnlyList<FlowSummary> flows, IEnumerable<Sightings> exchanges)
    {
        string? name = flows.Select(flow => flow.ServerName).FirstOrDefault(server => server is not null);
        EvidenceList evidence = new(settings);
        PayloadEvidence payload = PayloadEvidence.Add(evidence, flows, settings.EntropyThreshold, allowed: false);
        bool vpn = !payload.IsEvidence && AddVpn(evidence, channel, settings, flows);
        if (!payload.IsEvidence && !vpn)
        {
            return null;
        }

        if (payload.HasKeyExchange && channel.DestinationPort is 443 or 853 && settings.DoHResolvers.Covers(channel.DestinationIp, name))
        {
            return null;
        }

        if (payload.IsEvidence)
        {
            AddPort(evidence, channel, settings);
            AddRepetition(evidence, payload);
        }

        int confidence = Confidence.Of(evidence.Sum, mediumAtMost: payload.HasKeyExchange);
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
            Title = payload.IsEvidence ? $"{channel.SourceIp} sends {payload.Description} to {where}" : $"{channel.SourceIp} runs a VPN to {where}, off its port",
            Destination = new(channel.DestinationIp, channel.DestinationPort, Protocols.Name(channel.Protocol), name),
            WindowStart = times.Min(),
            WindowEnd = times.Max(),
            SettingsVersion = settings.Version,
            Evidence = evidence.Ordered(),
        };
        return settings.Suppress(detection);
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
                foreach (EvidenceKind random in (ReadOnlySpan<EvidenceKind>)[EvidenceKind.EncryptedNoHandshake, EvidenceKind.EncryptedHandshakeUnseen])
                {
                    if (evidence.Has(random))
                    {
                        evidence.Add(random, $"{port} carries encryption of its own kind", percent: -HalfPercent);
                    }
                }

                break;
            case { Expected: var expected } when ProvesAbsence(evidence) || expected.Contains("none"):
                evidence.Add(EvidenceKind.ExpectedEncryptionAbsent, $"{port} is expected to carry {string.Join(" or ", expected.Select(word => word == "none" ? "no encryption" : word))}; what it carries is not recognised as that");
                break;
        }
    }

    /// <summary>Whether the start of the flow was seen, or needs not be: an exchange that went by before the capture is not absent.</summary>
    private static bool ProvesAbsence(EvidenceList evidence) =>
        evidence.Has(EvidenceKind.EncryptedNoHandshake) || evidence.Has(EvidenceKind.PayloadXor) || evidence.Has(EvidenceKind.PayloadEcb);

    private static void AddRepetition(EvidenceList evidence, PayloadEvidence payload)
    {
        if (payload.RandomFlows >= RepeatedFrom)
        {
            evidence.Add(EvidenceKind.RepeatedFlows, string.Create(CultureInfo.InvariantCulture, $"{payload.RandomFlows} flows of the channel show the same"));
        }
    }

    /// <summary>A recognised VPN is benign where its port is profiled or its volume is that of a tunnel in use.</summary>
    private static bool AddVpn(EvidenceList evidence, ChannelKey channel, DetectionSettings settings, IReadOnlyList<FlowSummary> flows)
    {
        string? vpn = flows.SelectMany(flow => flow.Applications).FirstOrDefault(application => VpnProtocols.Contains(application));
        long volume = LargestVolume(flows, settings.TimeWindow);
        bool profiled = settings.Profile(channel.DestinationPort, channel.Protocol) is { } profile
            && (profile.Expected.Contains("any") || profile.Expected.Any(expected => expected == vpn || (expected == "ipsec" && vpn is "esp" or "ike" or "ikev2" or "isakmp")));

        // ESP and its like have no port to be off.
        bool ported = channel.Protocol is Protocols.Tcp or Protocols.Udp;
        if (vpn is null || !ported || profiled || volume >= settings.TrafficVolumeThreshold)
        {
            return false;
        }

        evidence.Add(
            EvidenceKind.VpnOffProfile,
            string.Create(CultureInfo.InvariantCulture, $"{vpn} on a port that is not its own, {volume} bytes within TimeWindow: under TrafficVolumeThreshold"),
            PayloadEvidence.Time(flows[0]), flows.SelectMany(flow => flow.Seen.Sample.Select(seen => seen.Id)));
        return true;
    }

    /// <summary>The most bytes, both ways, of flows that began within one window: any window, wherever it starts.</summary>
    private static long LargestVolume(IReadOnlyList<FlowSummary> flows, TimeSpan window)
    {
        (long Start, long Bytes)[] ordered =
        [
            .. flows.Where(flow => flow.Seen.First is not null)
                .Select(flow => (flow.Seen.First!.Value.Time.Ms, (flow.BytesOut ?? 0) + (flow.BytesIn ?? 0))).Order(),
        ];
        long largest = 0;
        long sum = 0;
        int tail = 0;
        foreach ((long start, long bytes) in ordered)
        {
            sum += bytes;
            while (start - ordered[tail].Start > window.TotalMilliseconds)
            {
                sum -= ordered[tail++].Bytes;
            }

            largest = Math.Max(largest, sum);
        }

        return largest;
    }

    private static string Destination(ChannelKey channel) => string.Create(
        CultureInfo.InvariantCulture, $"{channel.DestinationIp}:{channel.DestinationPort}/{channel.Protocol}");
}
