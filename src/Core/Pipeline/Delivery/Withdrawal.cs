using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Analytics;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.State;

namespace CipherWatch.Core.Pipeline.Delivery;

/// <summary>The form in which a detection that the facts no longer imply is published: its keys, and that it is withdrawn.</summary>
internal static class Withdrawal
{
    /// <summary>Of a process's detection.</summary>
    public static Detection Of(OutboxEntry entry, ProcessFacts facts, DetectionSettings settings) =>
        Of(entry, settings, AnalyticTable.PlatformOf(entry.AnalyticId)) with
        {
            Host = facts.Key.Host.ToString(),
            Process = new() { Key = facts.Key, Pid = facts.Pid, Guid = facts.Guid, Image = facts.Image },
        };

    /// <summary>Of a channel's detection.</summary>
    public static Detection Of(OutboxEntry entry, ChannelFacts facts, DetectionSettings settings) =>
        Of(entry, settings, TelemetryPlatform.Network) with
        {
            Destination = new(facts.Key.DestinationIp, facts.Key.DestinationPort, Protocols.Name(facts.Key.Protocol), null),
        };

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
