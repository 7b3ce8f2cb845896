using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Entities;

namespace CipherWatch.Functions.Entities;

/// <summary>One flow that samples name by its Community ID only, until its ends are known.</summary>
public sealed class FlowEntity(DetectionSettings settings) : TaskEntity<EntityState<FlowFacts>>
{
    /// <summary>Merges facts; answers all that they now imply, or what is asked of the journal before.</summary>
    public EntityAnswer Merge(EntityFacts operation)
    {
        (State, EntityAnswer answer) = EntityUpdate.Apply(FactKinds.Flow, State, operation, settings);
        return answer;
    }

    /// <summary>Runs operations on it.</summary>
    [Function(nameof(FlowEntity))]
    public static Task RunEntityAsync([EntityTrigger] TaskEntityDispatcher dispatcher)
    {
        ArgumentNullException.ThrowIfNull(dispatcher);
        return dispatcher.DispatchAsync<FlowEntity>();
    }

    /// <inheritdoc/>
    protected override EntityState<FlowFacts> InitializeState(TaskEntityOperation entityOperation) => EntityState<FlowFacts>.Empty;
}
