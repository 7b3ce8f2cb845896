using CipherWatch.Core.Correlation.Attempts;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Entities;

namespace CipherWatch.Functions.Entities;

/// <summary>One source host's calls that carried nothing.</summary>
public sealed class AttemptsEntity(DetectionSettings settings) : TaskEntity<EntityState<AttemptFacts>>
{
    /// <summary>Merges facts; answers all that they now imply, or what is asked of the journal before.</summary>
    public EntityAnswer Merge(EntityFacts operation)
    {
        (State, EntityAnswer answer) = EntityUpdate.Apply(FactKinds.Attempts, State, operation, settings);
        return answer;
    }

    /// <summary>Runs operations on it.</summary>
    [Function(nameof(AttemptsEntity))]
    public static Task RunEntityAsync([EntityTrigger] TaskEntityDispatcher dispatcher)
    {
        ArgumentNullException.ThrowIfNull(dispatcher);
        return dispatcher.DispatchAsync<AttemptsEntity>();
    }

    /// <inheritdoc/>
    protected override EntityState<AttemptFacts> InitializeState(TaskEntityOperation entityOperation) => EntityState<AttemptFacts>.Empty;
}
