using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.State;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Entities;

namespace CipherWatch.Functions.Entities;

/// <summary>One source, destination and port: its flows, what processes say of it, and what was said.</summary>
public sealed class ChannelEntity(DetectionSettings settings) : TaskEntity<ChannelState>
{
    /// <summary>Merges flows and marks; answers all that the channel now implies.</summary>
    public EntityAnswer Merge(ChannelOperation operation)
    {
        (State, EntityAnswer answer) = EntityUpdate.Apply(State, operation, settings);
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
    protected override ChannelState InitializeState(TaskEntityOperation entityOperation) => ChannelState.Empty;
}
