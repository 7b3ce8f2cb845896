using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;

namespace CipherWatch.Core.Pipeline.Delivery;

/// <summary>
/// What an entity does with an operation: merge, judge, answer. Pure, so that an operation that runs twice leaves the same state and
/// gives the same answer.
/// </summary>
/// <remarks>
/// A process keeps the clock it was given. When its host's offset changes, a process judged before gets the newer clock with its next
/// operation, not at once: a host's clock entity does not know its processes. Until then its times, and what rests on them, are those
/// of the older clock.
/// </remarks>
public static class EntityUpdate
{
    /// <summary>Merges facts; answers all that the entity now implies, or what it asks the journal before.</summary>
    /// <param name="kind">The entity's kind.</param>
    /// <param name="state">What it keeps; null before the first operation.</param>
    /// <param name="operation">The facts it is called with.</param>
    /// <param name="settings">What judges.</param>
    public static (EntityState<TFacts> State, EntityAnswer Answer) Apply<TKey, TFacts>(
        FactKind<TKey, TFacts> kind, EntityState<TFacts>? state, EntityFacts operation, DetectionSettings settings)
        where TKey : notnull
        where TFacts : class, IMergeable<TFacts>
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(operation);
        TFacts facts = state?.Facts is { } known ? known.Merge((TFacts)operation.Facts) : (TFacts)operation.Facts;
        EntityState<TFacts> before = state is null ? new(facts, []) : state with { Facts = facts };
        PrevalenceFacts? words = WordsOf(kind, facts, (TFacts)operation.Facts);
        ProcessVerdict verdict = kind.Judge?.Invoke(facts, settings) ?? ProcessVerdict.Nothing;
        if (!operation.IsInformed && kind.Asks?.Invoke(facts, verdict) is { } ask)
        {
            return (before, new([], [], ask, words));
        }

        List<EntityFacts> hops =
        [
            .. kind.Hops?.Invoke(facts) ?? [],
            .. (kind.Forwards?.Invoke(facts) ?? []).Select(forward => new EntityFacts(kind, forward)),
        ];
        if (kind.TravelsWithOthers)
        {
            hops.Add(new(kind, facts));
        }

        if (kind.Judge is null)
        {
            return (before, new([], hops, Words: words));
        }

        (IReadOnlyList<OutboxEntry> outbox, IReadOnlyList<Detection> publish) = DetectionOutbox.Update(
            before.Outbox, verdict.Detections, kind.SettledBefore(facts),
            entry => kind.Withdraw!(entry, facts, settings), entry => kind.IsSettled(facts, entry));
        EntityState<TFacts> after = before with { Outbox = outbox };
        if (kind.HopsOfVerdict?.Invoke(before, after, verdict) is var (said, told))
        {
            after = after with { Said = said };
            hops.AddRange(told);
        }

        return (after, new(publish, hops, Words: words));
    }

    private static PrevalenceFacts? WordsOf<TKey, TFacts>(FactKind<TKey, TFacts> kind, TFacts facts, TFacts told)
        where TKey : notnull
        where TFacts : class, IMergeable<TFacts>
    {
        if (kind.Words is not { } say)
        {
            return null;
        }

        PrevalenceFacts words = new();
        words.Add(say(facts, told));
        return words.IsEmpty ? null : words;
    }
}
