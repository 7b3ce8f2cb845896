using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Entities;

namespace CipherWatch.Functions.Entities;

/// <summary>One source, destination and port: what nothing explains, what processes say of it, and what was said.</summary>
public sealed class ChannelEntity(DetectionSettings settings) : TaskEntity<EntityState<ChannelFacts>>
{
    /// <summary>Merges facts; answers all that they now imply, or what is asked of the journal before.</summary>
    public EntityAnswer Merge(EntityFacts operation)
    {
        (State, EntityAnswer answer) = EntityUpdate.Apply(FactKinds.Channel, State, operation, settings);
        return answer;
    }

    /// <summary>Runs operations on it.</summary>
    [Function(nameof(ChannelEntity))]
    public static Task RunEntityAsync([EntityTrigger] TaskEntityDispatcher dispatcher)
    {
        ArgumentNullException.ThrowIfNull(dispatcher);
        return dispatcher.DispatchAsync<ChannelEntity>();
    }

    /// <inheritdoc/>
    protected override EntityState<ChannelFacts> InitializeState(TaskEntityOperation entityOperation) => EntityState<ChannelFacts>.Empty;
}
