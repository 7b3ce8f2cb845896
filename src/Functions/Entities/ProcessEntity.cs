using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Entities;

namespace CipherWatch.Functions.Entities;

/// <summary>One process: what is known of it, and what was said.</summary>
public sealed class ProcessEntity(DetectionSettings settings) : TaskEntity<EntityState<ProcessFacts>>
{
    /// <summary>Merges facts; answers all that they now imply, or what is asked of the journal before.</summary>
    public EntityAnswer Merge(EntityFacts operation)
    {
        (State, EntityAnswer answer) = EntityUpdate.Apply(FactKinds.Process, State, operation, settings);
        return answer;
    }

    /// <summary>Runs operations on it.</summary>
    [Function(nameof(ProcessEntity))]
    public static Task RunEntityAsync([EntityTrigger] TaskEntityDispatcher dispatcher)
    {
        ArgumentNullException.ThrowIfNull(dispatcher);
        return dispatcher.DispatchAsync<ProcessEntity>();
    }

    /// <inheritdoc/>
    protected override EntityState<ProcessFacts> InitializeState(TaskEntityOperation entityOperation) => EntityState<ProcessFacts>.Empty;
}
