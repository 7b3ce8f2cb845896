using CipherWatch.Core.Correlation.Attempts;
using CipherWatch.Core.Correlation.Audit;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Journal;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Tests.Pipeline.Delivery;

/// <summary>Entities in a dictionary, their states kept as JSON, reached in the rounds that an orchestration goes through.</summary>
internal sealed class DeliveryRun(DetectionSettings settings) : IDisposable
{
    private readonly Dictionary<string, string> _states = new(StringComparer.Ordinal);
    private readonly FlowJournal _journal = new();
    private readonly PrevalenceFacts _prevalence = new();
    private readonly SortedDictionary<(string Kind, string Key), EntityFacts> _again = [];

    /// <summary>Entity calls made.</summary>
    public int Calls { get; private set; }

    /// <summary>What sinks hold: of each detection the highest revision.</summary>
    public SortedDictionary<string, Detection> Published { get; } = new(StringComparer.Ordinal);

    /// <summary>Delivers observations as one batch.</summary>
    public void Deliver(IEnumerable<Observation> observations)
    {
        EntityStates batch = new(new FlowRoutes(settings));
        foreach (Observation observation in observations)
        {
            batch.Add(observation);
        }

        // The journal is kept before any entity is called.
        _journal.Add(batch.Journal);
        foreach (BatchPart part in BatchPlan.Split(batch))
        {
            Deliver(Copy(part));
        }
    }

    /// <summary>Looks again at the entities that asked the journal, as is done when the batches under way have come in.</summary>
    public void LookAgain()
    {
        foreach (EntityFacts[] part in _again.Values.Chunk(BatchPlan.MaxEntities))
        {
            Deliver(new BatchPart(part), lookAgain: false);
        }
    }

    public void Dispose() => _journal.Dispose();

    /// <summary>What was published and stands, as lines, revisions left out.</summary>
    public IReadOnlyList<string> Standing() => Lines(Published.Values.Where(detection => !detection.Withdrawn));

    /// <summary>
    /// The same, but for what was published of a process's days that gave way to later ones: a run that has all at once does not know it.
    /// </summary>
    /// <param name="known">What such a run says: of that nothing is left out.</param>
    public IReadOnlyList<string> StandingBut(IReadOnlySet<DetectionId> known)
    {
        Detection[] standing = [.. Published.Values.Where(detection => !detection.Withdrawn)];
        HashSet<DetectionId> gaveWay = [.. standing.Where(GaveWay).Select(detection => detection.DetectionId).Where(id => !known.Contains(id))];
        return Lines(standing.Where(detection => !gaveWay.Contains(detection.DetectionId)).Select(detection =>
            detection.SupersededBy is { } by && gaveWay.Contains(by) ? detection with { SupersededBy = null } : detection));
    }

    private bool GaveWay(Detection detection) => detection.Process is { } process
        && _states.TryGetValue($"{FactKinds.Process.Name}@{process.Key}", out string? json)
        && Withdrawal.SettledBefore(FactsJson.Deserialize<EntityState<ProcessFacts>>(json).Facts!) is { } settled
        && DateOnly.FromDateTime(detection.WindowStart.UtcDateTime) < settled;

    /// <summary>Detections as lines in the order of final output, revisions left out.</summary>
    public static IReadOnlyList<string> Lines(IEnumerable<Detection> detections) =>
    [
        .. detections.OrderBy(detection => detection.Time).ThenBy(detection => detection.DetectionId)
            .Select(detection => System.Text.Encoding.UTF8.GetString(DetectionJson.ToUtf8(detection with { Revision = 1 }))),
    ];

    private void Deliver(BatchPart part, bool lookAgain = true)
    {
        Rounds rounds = new(part);
        for (int round = 0; round < FactKinds.Rounds; round++)
        {
            IReadOnlyList<EntityFacts> calls = rounds.Calls(round);
            JournalQuestions asked = Copy(rounds.Answered(round, calls, [.. calls.Select(Call)]));
            Calls += calls.Count;
            if (rounds.TakeWords() is { } words)
            {
                _prevalence.Add(Copy(words));
            }

            if (asked.Questions.Count > 0)
            {
                rounds.Found(round, Copy(asked.Answer(Find)));
            }
        }

        foreach (EntityFacts entity in lookAgain ? rounds.LookAgain?.Facts ?? [] : [])
        {
            _again[(entity.Kind.Name, entity.Key)] = entity;
        }

        foreach (Detection detection in rounds.Publication.Detections)
        {
            string id = detection.DetectionId.ToString();
            if (!Published.TryGetValue(id, out Detection? held) || held.Revision < detection.Revision)
            {
                Published[id] = detection;
            }
        }
    }

    private void Find(JournalQuery query)
    {
        _journal.Find(query);
        query.Read(_prevalence);
    }

    private EntityAnswer Call(EntityFacts facts) => facts.Facts switch
    {
        ClockFacts => Call(FactKinds.Clock, facts),
        FlowFacts => Call(FactKinds.Flow, facts),
        ChannelFacts => Call(FactKinds.Channel, facts),
        ProcessFacts => Call(FactKinds.Process, facts),
        AuditEventFacts => Call(FactKinds.Audit, facts),
        AttemptFacts => Call(FactKinds.Attempts, facts),
        _ => throw new InvalidOperationException(facts.Kind.Name),
    };

    private EntityAnswer Call<TKey, TFacts>(FactKind<TKey, TFacts> kind, EntityFacts facts)
        where TKey : notnull
        where TFacts : class, IMergeable<TFacts>
    {
        string key = $"{kind.Name}@{facts.Key}";
        EntityState<TFacts>? before = _states.TryGetValue(key, out string? json) ? FactsJson.Deserialize<EntityState<TFacts>>(json) : null;
        (EntityState<TFacts> after, EntityAnswer answer) = EntityUpdate.Apply(kind, before, Copy(facts), settings);
        _states[key] = FactsJson.Serialize(after);
        return Copy(answer);
    }

    /// <summary>As it comes out on the other side of a message.</summary>
    private static T Copy<T>(T value) => FactsJson.Deserialize<T>(FactsJson.Serialize(value));
}
