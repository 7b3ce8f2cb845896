using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>An analyst's verdict: detections that all of its limits fit are kept and marked.</summary>
public sealed record Suppression
{
    /// <summary>The detection it is about; null for any.</summary>
    public DetectionId? DetectionId { get; init; }

    /// <summary>Path pattern of the process; null for any.</summary>
    public Glob? Process { get; init; }

    /// <summary>Pattern of the host; null for any. Of a network-only finding the host is the address that opens the channel.</summary>
    public Glob? Host { get; init; }

    /// <summary>Who must have signed the executable; null for anyone or no one.</summary>
    public Glob? Signer { get; init; }

    /// <summary>SHA-256 of the executable, 64 lower-case hex digits; null for any.</summary>
    public string? Hash { get; init; }

    /// <summary>Where the channel ends; null for anywhere.</summary>
    public DestinationScope? Destination { get; init; }

    /// <summary>Evidence that must be among the detection's; null for any.</summary>
    public string? Evidence { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Who.</summary>
    public string? Author { get; init; }

    /// <summary>Until when, against the detection's time; null for ever.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Whether it would hide everything, or all of a host: then it is none.</summary>
    public bool HidesEverything => DetectionId is null && Process is not { MatchesAll: false } && Signer is not { MatchesAll: false }
        && Hash is null && Destination is not { IsAny: false } && Evidence is null;

    /// <summary>Whether it fits a detection, whenever that was.</summary>
    /// <param name="detection">The detection.</param>
    /// <param name="hosts">What its host is called: first label, full name, or address.</param>
    public bool Fits(Detection detection, IReadOnlyList<string> hosts)
    {
        ArgumentNullException.ThrowIfNull(detection);
        ArgumentNullException.ThrowIfNull(hosts);
        return (DetectionId is null || DetectionId == detection.DetectionId)
            && (Process is not { } process || process.Matches(detection.Process?.Image))
            && (Host is not { } host || hosts.Any(name => host.Matches(name)))
            && (Signer is not { } signer || (detection.Process?.Signed == true && signer.Matches(detection.Process.Signer)))
            && (Hash is null || string.Equals(Hash, detection.Process?.Hash, StringComparison.OrdinalIgnoreCase))
            && (Destination is not { } destination || destination.Covers(detection.Destination))
            && (Evidence is not { } kind || detection.Evidence.Any(evidence => evidence.Kind == kind && evidence.Weight != 0));
    }

    /// <summary>Whether it holds at a time.</summary>
    public bool HoldsAt(DateTimeOffset time) => !(Expires <= time);

    /// <summary>As it stands on a detection.</summary>
    public DetectionSuppression ToMark() => new(Reason, Author, Expires);
}
