using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Entities;

namespace CipherWatch.Functions.Entities;

/// <summary>One host's clocks.</summary>
public sealed class ClockEntity(DetectionSettings settings) : TaskEntity<EntityState<ClockFacts>>
{
    /// <summary>Merges facts; answers all that they now imply, or what is asked of the journal before.</summary>
    public EntityAnswer Merge(EntityFacts operation)
    {
        (State, EntityAnswer answer) = EntityUpdate.Apply(FactKinds.Clock, State, operation, settings);
        return answer;
    }

    /// <summary>Runs operations on it.</summary>
    [Function(nameof(ClockEntity))]
    public static Task RunEntityAsync([EntityTrigger] TaskEntityDispatcher dispatcher)
    {
        ArgumentNullException.ThrowIfNull(dispatcher);
        return dispatcher.DispatchAsync<ClockEntity>();
    }

    /// <inheritdoc/>
    protected override EntityState<ClockFacts> InitializeState(TaskEntityOperation entityOperation) => EntityState<ClockFacts>.Empty;
}
