using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Journal;
using CipherWatch.Core.Pipeline.Kinds;

namespace CipherWatch.Core.Pipeline;

/// <summary>Everything that a set of entity states implies: kind by kind, each judged with what those before it told it.</summary>
/// <param name="Detections">In order of time, then id.</param>
/// <param name="Entities">Entities that hold facts, those that facts hopped to among them.</param>
/// <param name="Hops">Entities that facts hopped to, by kind.</param>
internal sealed record Assessment(IReadOnlyList<Detection> Detections, long Entities, IReadOnlyDictionary<FactKind, long> Hops)
{
    /// <summary>Assesses states; what they hold is not changed.</summary>
    public static Assessment Of(EntityStates states, DetectionSettings settings)
    {
        using EntityStates told = new();
        AssessmentRun run = new(states, told, settings);
        foreach (FactSet set in states.Sets)
        {
            set.Assess(run);
        }

        return new(run.Detections(), run.Entities, run.Hops);
    }
}

/// <summary>One assessment under way.</summary>
internal sealed class AssessmentRun(EntityStates states, EntityStates told, DetectionSettings settings)
{
    private readonly List<Detection> _detections = [];
    private readonly Dictionary<DetectionId, DetectionId> _supersededBy = [];

    /// <summary>What judges.</summary>
    public DetectionSettings Settings => settings;

    /// <summary>What entities were told by those of other kinds.</summary>
    public EntityStates Told => told;

    /// <summary>Where they look up what explains a flow.</summary>
    public FlowJournal Journal => states.Journal;

    /// <summary>Entities that hold facts.</summary>
    public long Entities { get; set; }

    /// <summary>Entities that facts hopped to, by kind.</summary>
    public Dictionary<FactKind, long> Hops { get; } = FactKinds.All.ToDictionary(kind => kind, _ => 0L);

    /// <summary>What travels with facts of a kind, by key.</summary>
    public Func<string, object?> Companions(FactKind kind) =>
        kind.Companion is { } companion ? states.Of(companion).Find : static _ => null;

    /// <summary>Takes the verdict on one entity, and passes on what its facts say of others.</summary>
    public void Conclude<TKey, TFacts>(FactKind<TKey, TFacts> kind, TFacts facts, ProcessVerdict verdict)
        where TKey : notnull
        where TFacts : class, IMergeable<TFacts>
    {
        _detections.AddRange(verdict.Detections);
        foreach (Supersession supersession in verdict.Supersedes)
        {
            _supersededBy[supersession.Network] = _supersededBy.TryGetValue(supersession.Network, out DetectionId by)
                && by < supersession.By
                ? by
                : supersession.By;
        }

        foreach (EntityFacts hop in kind.Hops?.Invoke(facts) ?? [])
        {
            told.Of(hop.Kind).Add(hop.Facts);
        }
    }

    /// <summary>All detections, in order of time, then id.</summary>
    public IReadOnlyList<Detection> Detections() =>
    [
        .. _detections.Select(detection => _supersededBy.TryGetValue(detection.DetectionId, out DetectionId by)
            ? detection with { SupersededBy = by } : detection)
            .OrderBy(detection => detection.Time).ThenBy(detection => detection.DetectionId),
    ];
}
