using CipherWatch.Core.Correlation.Attempts;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Analytics;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.State;

namespace CipherWatch.Core.Pipeline.Delivery;

/// <summary>The form in which a detection that the facts no longer imply is published: its keys, and that it is withdrawn.</summary>
internal static class Withdrawal
{
    /// <summary>Of a process's detection.</summary>
    public static Detection Of(OutboxEntry entry, ProcessFacts facts, DetectionSettings settings)
    {
        ProcessFacts about = Slice(entry, facts) ?? facts;
        return Of(entry, settings, AnalyticTable.PlatformOf(entry.AnalyticId)) with
        {
            Host = facts.Key.Host.ToString(),
            Process = new() { Key = about.Key, Pid = about.Pid, Guid = about.Guid, Image = about.Image },
        };
    }

    /// <summary>
    /// Whether what a detection of a process number was published of gave way to what later images did under it: their starts took the room
    /// of its own, or their connections that of all that it had.
    /// </summary>
    public static bool IsSettled(ProcessFacts facts, OutboxEntry entry) => !facts.Runs.IsEmpty
        && (ProcessSlices.IsForgotten(facts, entry.WindowStart)
            || (Slice(entry, facts) is { Destinations.IsEmpty: true } && (facts.ForgetsDays
                || facts.Destinations.Any(destination => destination.Connections.Sample.Length >= Sightings.Capacity))));

    /// <summary>
    /// The first day of which facts are there: connections and names of days before it gave way to those of later days. What was said of
    /// that day itself is judged by what is left, in a run as here.
    /// </summary>
    public static DateOnly? SettledBefore(ProcessFacts facts)
    {
        DateOnly? connections = facts.ForgetsDays ? DayConnections.Of(facts).Min(day => day.Day) : null;
        DateOnly? names = facts.FirstNamedDay is { } complete ? Date(complete - 1) : null;
        return connections is { } left && names is { } right ? (left > right ? left : right) : connections ?? names;
    }

    /// <summary>Of the images that ran under a number the one that a detection was said of, where its start is still known.</summary>
    private static ProcessFacts? Slice(OutboxEntry entry, ProcessFacts facts) => ProcessSlices.Of(facts)
        .FirstOrDefault(slice => DetectionId.Create(entry.AnalyticId, slice.Key.Value, null, entry.Day) == entry.Id);

    /// <summary>Of a channel's detection.</summary>
    public static Detection Of(OutboxEntry entry, ChannelFacts facts, DetectionSettings settings) =>
        Of(entry, settings, TelemetryPlatform.Network) with
        {
            Destination = new(facts.Key.DestinationIp, facts.Key.DestinationPort, Protocols.Name(facts.Key.Protocol), null),
        };

    /// <summary>Of what was said of unanswered calls.</summary>
    public static Detection Of(OutboxEntry entry, AttemptFacts facts, DetectionSettings settings) =>
        Of(entry, settings, TelemetryPlatform.Network);

    /// <summary>A day as flows carry it, days since the Unix epoch, as a date.</summary>
    public static DateOnly Date(int day) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day);

    private static Detection Of(OutboxEntry entry, DetectionSettings settings, TelemetryPlatform platform) => new()
    {
        DetectionId = entry.Id,
        Time = entry.Time,
        AnalyticId = entry.AnalyticId,
        Technique = Techniques.SymmetricCryptography,
        Platform = platform,
        Severity = Severity.Low,
        Confidence = 0,
        Title = "Withdrawn: what is known by now no longer implies it",
        WindowStart = entry.WindowStart,
        WindowEnd = entry.WindowEnd,
        SettingsVersion = settings.Version,
        Evidence = [],
        Withdrawn = true,
    };
}
