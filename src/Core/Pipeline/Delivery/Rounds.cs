using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Pipeline.Kinds;

namespace CipherWatch.Core.Pipeline.Delivery;

/// <summary>
/// Which entities an orchestration calls in each round, and with what: a pure function of the batch and of what the rounds before
/// answered, in the same order on every replay.
/// </summary>
public sealed class Rounds
{
    private readonly List<EntityFacts>[] _rounds = [.. Enumerable.Range(0, FactKinds.Rounds).Select(_ => new List<EntityFacts>())];
    private readonly Dictionary<(FactKind Kind, string Key), object> _companions = [];
    private readonly List<Detection> _detections = [];
    private readonly Dictionary<(FactKind Kind, string Key), EntityFacts> _asked = [];
    private PrevalenceFacts _words = new();

    /// <summary>The rounds of one part of a batch.</summary>
    public Rounds(BatchPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        foreach (EntityFacts facts in part.Facts)
        {
            _rounds[facts.Kind.Rounds[0]].Add(facts);
        }
    }

    /// <summary>What to publish of all that was answered: the latest revision of each detection.</summary>
    public Publication Publication => new(
    [
        .. _detections.GroupBy(detection => detection.DetectionId)
            .Select(detection => detection.MaxBy(word => word.Revision)!)
            .OrderBy(detection => detection.Time).ThenBy(detection => detection.DetectionId),
    ]);

    /// <summary>
    /// Entities that asked the journal: what it is told later may change what they imply, so they are looked at again when the batches
    /// under way have come in. Null where none asked.
    /// </summary>
    public BatchPart? LookAgain => _asked.Count == 0 ? null
        : new([.. _asked.OrderBy(entity => entity.Key.Kind.Name, StringComparer.Ordinal).ThenBy(
            entity => entity.Key.Key, StringComparer.Ordinal).Select(entity => entity.Value)]);

    /// <summary>What is called in a round: each entity once, with all that is there for it, and with what travels with its facts.</summary>
    public IReadOnlyList<EntityFacts> Calls(int round) =>
    [
        .. _rounds[round].GroupBy(facts => (facts.Kind, facts.Key))
            .OrderBy(entity => entity.Key.Kind.Name, StringComparer.Ordinal).ThenBy(entity => entity.Key.Key, StringComparer.Ordinal)
            .Select(
                entity => new EntityFacts(entity.Key.Kind, Joined(entity.Key.Kind, entity.Select(facts
                    => facts.Facts).Aggregate(entity.Key.Kind.Merge)),
                entity.Any(facts => facts.IsInformed))),
    ];

    /// <summary>Takes what entities answered in a round, in the order of the calls; null for one that was given up.</summary>
    /// <returns>What they ask the journal.</returns>
    public JournalQuestions Answered(int round, IReadOnlyList<EntityFacts> calls, IReadOnlyList<EntityAnswer?> answers)
    {
        ArgumentNullException.ThrowIfNull(calls);
        ArgumentNullException.ThrowIfNull(answers);
        List<JournalQuestion> questions = [];
        foreach ((EntityFacts call, EntityAnswer? answer) in calls.Zip(answers))
        {
            if (answer?.Ask is { } ask)
            {
                EntityFacts asker = new(call.Kind, call.Kind.NothingOf(call.Facts));
                _asked[(call.Kind, call.Key)] = asker;
                questions.Add(new(asker, ask));
            }

            if (answer?.Words is { } words)
            {
                _words.Add(words);
            }

            _companions[(call.Kind, call.Key)] = call.Facts;
            _detections.AddRange(answer?.Detections ?? []);
            foreach (EntityFacts hop in answer?.Hops ?? [])
            {
                if (hop.Kind == call.Kind && hop.Key == call.Key)
                {
                    // What travels with others' facts: all that its entity knows.
                    _companions[(hop.Kind, hop.Key)] = hop.Facts;
                }
                else if (hop.Kind.Rounds.FirstOrDefault(next => next > round) is > 0 and var next)
                {
                    // The last calls only set marks: what they tell besides was told before.
                    _rounds[next].Add(hop);
                }
            }
        }

        return new(questions);
    }

    /// <summary>
    /// What was said of prevalence since this was last asked; null where nothing was. It is to be kept before any question is answered, so
    /// that those who ask together count each other.
    /// </summary>
    public PrevalenceFacts? TakeWords()
    {
        PrevalenceFacts words = _words;
        _words = new();
        return words.IsEmpty ? null : words;
    }

    /// <summary>Takes what the journal says to those that asked in a round.</summary>
    public void Found(int round, BatchPart findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        _rounds[round + 1].AddRange(findings.Facts);
    }

    private object Joined(FactKind kind, object facts) =>
        kind.Companion is { } companion ? kind.Join(facts, key => _companions.GetValueOrDefault((companion, key))) : facts;
}
