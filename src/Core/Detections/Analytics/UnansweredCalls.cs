using System.Globalization;
using CipherWatch.Core.Correlation.Attempts;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Analytics;

/// <summary>
/// AN0404 on calls that carry nothing: an implant whose server is gone calls it all day. Low at most, as nothing was ever encrypted:
/// a printer that was switched off is called too.
/// </summary>
internal static class UnansweredCalls
{
    private const string AnalyticId = "AN0404";

    /// <summary>Calls a day to one port of one host from which they are no retry.</summary>
    private const long MinCalls = 100;

    /// <summary>Calls that must be in the sample: fewer may be there by chance.</summary>
    private const int MinSampled = 10;

    /// <summary>The shortest time they must span: an application that retries at once ends sooner.</summary>
    private const long MinSpanMs = 3_600_000;

    /// <summary>What the calls of a host imply, in order of day and destination.</summary>
    public static IReadOnlyList<Detection> Judge(AttemptFacts facts, DetectionSettings settings) =>
    [
        .. facts.Attempts.Where(attempt => attempt.Protocol == Protocols.Tcp && !InfrastructurePorts.Includes(attempt.DestinationPort))
            .GroupBy(attempt => (attempt.Day, Channel: new ChannelKey(
                facts.SourceIp, attempt.DestinationIp, attempt.DestinationPort, attempt.Protocol)))
            .Where(calls => calls.Count() >= MinSampled)
            .OrderBy(calls => calls.Key.Day).ThenBy(calls => calls.Key.Channel)
            .Select(calls => Judge(facts, settings, calls.Key.Day, calls.Key.Channel, [.. calls.OrderBy(call => call.Ms)]))
            .OfType<Detection>(),
    ];

    private static Detection? Judge(AttemptFacts facts, DetectionSettings settings, int day, ChannelKey channel, Attempt[] calls)
    {
        long count = facts.Count(day, channel);
        if (count < MinCalls || calls[^1].Ms - calls[0].Ms < MinSpanMs)
        {
            return null;
        }

        bool exact = count == calls.Length;
        Regularity? regularity = exact ? Regularity.Of([.. calls.Select(call => call.Ms)], []) : null;
        EvidenceList evidence = new(settings);
        string where = string.Create(CultureInfo.InvariantCulture, $"{channel.DestinationIp}:{channel.DestinationPort}");
        evidence.Add(
            EvidenceKind.UnansweredCalls,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(exact ? string.Empty : "about ")}{count} calls to {where} in one day, none answered"
                + $"{(regularity is { } timer ? "; " + timer.Says() : string.Empty)}"),
            DateTimeOffset.FromUnixTimeMilliseconds(calls[0].Ms));
        evidence.Add(EvidenceKind.PayloadInsufficient, "payload: insufficient. The calls carried none");
        int confidence = Confidence.LowAtMost(evidence.Sum);
        if (confidence < Confidence.Published)
        {
            return null;
        }

        DateOnly date = DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day);
        return settings.Suppress(new()
        {
            DetectionId = IdOf(channel, date),
            Time = DateTimeOffset.FromUnixTimeMilliseconds(calls[0].Ms),
            AnalyticId = AnalyticId,
            Technique = Techniques.EncryptedChannel,
            Platform = TelemetryPlatform.Network,
            Severity = Confidence.ToSeverity(confidence),
            Confidence = confidence,
            Title = $"{channel.SourceIp} calls {where} all day and is not answered",
            Destination = new(channel.DestinationIp, channel.DestinationPort, Protocols.Name(channel.Protocol), null),
            WindowStart = DateTimeOffset.FromUnixTimeMilliseconds(calls[0].Ms),
            WindowEnd = DateTimeOffset.FromUnixTimeMilliseconds(calls[^1].Ms),
            SettingsVersion = settings.Version,
            Evidence = evidence.Ordered(),
        });
    }

    /// <summary>The identity of what is said of unanswered calls: another than what is said of the channel's payload.</summary>
    private static DetectionId IdOf(ChannelKey channel, DateOnly day) => DetectionId.Create(
        AnalyticId, channel.SourceIp.ToString(),
        string.Create(
            CultureInfo.InvariantCulture, $"unanswered {channel.DestinationIp}:{channel.DestinationPort}/{channel.Protocol}"), day);
}
