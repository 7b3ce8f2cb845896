using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Core.Detections.Analytics;

/// <summary>A process on one UTC day, with the evidence gathered so far: what rules look at and add to.</summary>
internal sealed class ProcessDay
{
    /// <summary>The process.</summary>
    public required ProcessFacts Facts { get; init; }

    /// <summary>What judges it.</summary>
    public required DetectionSettings Settings { get; init; }

    /// <summary>Its outbound connections of the day.</summary>
    public required DayConnections Connections { get; init; }

    /// <summary>What the network saw of them.</summary>
    public required IReadOnlyList<FlowSummary> Flows { get; init; }

    /// <summary>Whether its image lies where any user may write.</summary>
    public required bool IsUserWritable { get; init; }

    /// <summary>The pattern that allows it to use cryptography; null where none does.</summary>
    public required ProcessPattern? Allowed { get; init; }

    /// <summary>The evidence.</summary>
    public required EvidenceList Evidence { get; init; }

    /// <summary>Full path of the executable.</summary>
    public string Image => Facts.Image!;

    /// <summary>Whether it is allowed to use cryptography.</summary>
    public bool IsAllowed => Allowed is not null;

    /// <summary>Adds evidence that rests on what was seen of the process.</summary>
    public void Add(EvidenceKind kind, string detail, Sightings seen) => Evidence.Add(
        kind, detail, seen.First is { } first ? Facts.Clock.Resolve(first.Time) : null, seen.Sample.Select(sighting => sighting.Id));
}
