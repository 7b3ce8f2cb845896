using System.Runtime.InteropServices;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Journal;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.Reporting;

namespace CipherWatch.Core.Pipeline;

/// <summary>Everything that a set of entity states implies: kind by kind, each judged with what those before it told it.</summary>
/// <param name="Detections">In order of time, then id.</param>
/// <param name="Entities">Entities that hold facts, those that facts hopped to among them.</param>
/// <param name="Hops">Entities that facts hopped to, by kind.</param>
internal sealed record Assessment(IReadOnlyList<Detection> Detections, long Entities, IReadOnlyDictionary<FactKind, long> Hops)
{
    /// <summary>Assesses states; what they hold is not changed.</summary>
    /// <param name="states">The states.</param>
    /// <param name="settings">What judges.</param>
    /// <param name="gaps">Counts what could not be judged; null where nobody asks.</param>
    public static Assessment Of(EntityStates states, DetectionSettings settings, JudgementGaps? gaps = null)
    {
        using EntityStates told = new();
        AssessmentRun run = new(states, told, settings, gaps);
        foreach (FactSet set in states.Sets)
        {
            set.Assess(run);
        }

        return new(run.Detections(), run.Entities, run.Hops);
    }
}

/// <summary>One assessment under way.</summary>
internal sealed class AssessmentRun(EntityStates states, EntityStates told, DetectionSettings settings, JudgementGaps? gaps)
{
    private readonly List<Detection> _detections = [];
    private readonly Dictionary<DetectionId, List<Detection>> _covering = [];

    // Channels that imply something, and what processes judged after them say of it.
    private readonly List<ChannelFacts> _channels = [];
    private readonly Dictionary<ChannelKey, ChannelFacts> _expected = [];

    /// <summary>What judges.</summary>
    public DetectionSettings Settings => settings;

    /// <summary>What entities were told by those of other kinds.</summary>
    public EntityStates Told => told;

    /// <summary>Where they look up what explains a flow.</summary>
    public FlowJournal Journal => states.Journal;

    /// <summary>On how many hosts programs were seen, as all processes say: whole before any that asks is judged for good.</summary>
    public PrevalenceFacts Prevalence { get; } = new();

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
        gaps?.Add(facts);
        _detections.AddRange(verdict.Detections);
        if (facts is ChannelFacts channel && verdict.Detections.Count > 0)
        {
            _channels.Add(channel);
        }

        foreach (SupersessionMark mark in Supersessions.Expected(verdict, []))
        {
            ChannelFacts told = Supersessions.Told(mark, (ProcessFacts)(object)facts);
            ref ChannelFacts? all = ref CollectionsMarshal.GetValueRefOrAddDefault(_expected, mark.Channel, out _);
            all = all?.Merge(told) ?? told;
        }

        foreach (Supersession supersession in verdict.Supersedes)
        {
            if (verdict.Detections.FirstOrDefault(detection => detection.DetectionId == supersession.By) is { } by)
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(_covering, supersession.Network, out _) ??= []).Add(by);
            }
        }

        foreach (EntityFacts hop in kind.Hops?.Invoke(facts) ?? [])
        {
            told.Of(hop.Kind).Add(hop.Facts);
        }
    }

    /// <summary>All detections, in order of time, then id.</summary>
    public IReadOnlyList<Detection> Detections()
    {
        JudgeExpected();
        return
        [
            .. _detections.Select(detection => _covering.TryGetValue(detection.DetectionId, out List<Detection>? covering)
                ? Supersessions.Apply(detection, covering.Select(process => (process.DetectionId, process.Suppressed)))
                : detection)
                .OrderBy(detection => detection.Time).ThenBy(detection => detection.DetectionId),
        ];
    }

    /// <summary>Judges channels again of which processes say that random payload is expected of them.</summary>
    private void JudgeExpected()
    {
        if (_expected.Count == 0)
        {
            return;
        }

        HashSet<DetectionId> former = [];
        List<Detection> judged = [];
        foreach (ChannelFacts channel in _channels)
        {
            if (_expected.TryGetValue(channel.Key, out ChannelFacts? told))
            {
                former.UnionWith(Judgement.Of(channel, settings).Select(detection => detection.DetectionId));
                judged.AddRange(Judgement.Of(channel.Merge(told), settings));
            }
        }

        _detections.RemoveAll(detection => former.Contains(detection.DetectionId));
        _detections.AddRange(judged);
    }
}
