using System.Runtime.InteropServices;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Functions.Ingestion;

/// <summary>What a batch showed, for a person who asks how things stand: the last event of each source, and what telemetry lacks.</summary>
public sealed class BatchTally
{
    private readonly Dictionary<string, LastSeen> _sources = new(StringComparer.Ordinal);

    /// <summary>What telemetry there was.</summary>
    public TelemetryGaps Gaps { get; } = new();

    /// <summary>When the hub took what is read now; null for a request.</summary>
    public DateTimeOffset? Received { get; set; }

    /// <summary>The last of each source.</summary>
    public IReadOnlyDictionary<string, LastSeen> Sources => _sources;

    /// <summary>Notes an observation.</summary>
    public void Add(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        Gaps.Add(observation);
        ref LastSeen seen = ref CollectionsMarshal.GetValueRefOrAddDefault(_sources, observation.Source, out _);
        seen = seen.With(new(observation.Time, Received));
    }
}

/// <summary>The last that was seen of a source.</summary>
/// <param name="Event">The latest time that an event itself gave: of a clock that is wrong, a wrong one.</param>
/// <param name="Received">When a hub took the latest; null where none came by a hub.</param>
public readonly record struct LastSeen(DateTimeOffset? Event, DateTimeOffset? Received)
{
    /// <summary>The later of both, each.</summary>
    public LastSeen With(LastSeen other) => new(Later(Event, other.Event), Later(Received, other.Received));

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other ?? one : one;
}
