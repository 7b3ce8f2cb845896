using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Correlation.Flow;

/// <summary>A process that says a flow is its own.</summary>
/// <param name="Key">The process.</param>
/// <param name="Connections">Its connections on this flow.</param>
public sealed record FlowOwner(ProcessKey Key, Sightings Connections) : IMergeable<FlowOwner>
{
    /// <inheritdoc/>
    public FlowOwner Merge(FlowOwner other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Connections = Connections.MergeFew(other.Connections) };
    }
}

/// <summary>Everything known of one flow: where an endpoint's connection and a sensor's records meet, whichever comes first.</summary>
public sealed record FlowFacts : IMergeable<FlowFacts>
{
    /// <summary>Version of this shape.</summary>
    public const int CurrentSchema = 2;

    private const int DayCapacity = 4;
    private const int OwnerCapacity = 4;

    /// <summary>Version of the shape this state has.</summary>
    public int SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>Which flow.</summary>
    public required FlowId Id { get; init; }

    /// <summary>Its 5-tuple; null while only records that name it by its Community ID are known.</summary>
    public FlowKey? Key { get; init; }

    /// <summary>What the network saw, by day, the latest first.</summary>
    public ImmutableArray<FlowSummary> Days { get; init; } = [];

    /// <summary>Processes whose connection it is.</summary>
    public ImmutableArray<FlowOwner> Owners { get; init; } = [];

    /// <inheritdoc/>
    public FlowFacts Merge(FlowFacts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new()
        {
            Id = Id,
            Key = Key ?? other.Key,
            Days = BoundedMap.Merge(Days, other.Days, DayCapacity, static (a, b) => b.Day.CompareTo(a.Day)),
            Owners = BoundedMap.Merge(Owners, other.Owners, OwnerCapacity, static (a, b) => a.Key.CompareTo(b.Key)),
        };
    }
}
