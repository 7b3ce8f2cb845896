using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;
using Microsoft.DurableTask.Entities;

namespace CipherWatch.Functions.Entities;

/// <summary>What entities of all kinds do.</summary>
/// <param name="kind">The kind.</param>
/// <param name="settings">What judges.</param>
public abstract class FactsEntity<TKey, TFacts>(FactKind<TKey, TFacts> kind, DetectionSettings settings)
    : TaskEntity<EntityState<TFacts>>
    where TKey : notnull
    where TFacts : class, IMergeable<TFacts>
{
    /// <summary>Merges facts; answers all that they now imply, or what is asked of the journal before.</summary>
    public EntityAnswer Merge(EntityFacts operation)
    {
        (State, EntityAnswer answer) = EntityUpdate.Apply(kind, State, operation, settings);
        return answer;
    }

    /// <summary>Forgets everything, where the state is still the one that was found idle; says nothing and withdraws nothing.</summary>
    /// <param name="mark">The mark of that state, by <see cref="EntityExpiry"/>.</param>
    /// <returns>Whether nothing is kept any more.</returns>
    public bool Expire(string mark)
    {
        bool expires = State.Facts is null || EntityExpiry.Mark(State) == mark;
        State = expires ? null! : State;
        return expires;
    }

    /// <inheritdoc/>
    protected override EntityState<TFacts> InitializeState(TaskEntityOperation entityOperation) => EntityState<TFacts>.Empty;
}
