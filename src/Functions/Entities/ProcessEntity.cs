using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.State;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Entities;

namespace CipherWatch.Functions.Entities;

/// <summary>One process: its facts, and what was said of it.</summary>
public sealed class ProcessEntity(DetectionSettings settings) : TaskEntity<ProcessState>
{
    /// <summary>Merges facts; answers all that the process now implies.</summary>
    public EntityAnswer Merge(ProcessOperation operation)
    {
        (State, EntityAnswer answer) = EntityUpdate.Apply(State, operation, settings);
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
    protected override ProcessState InitializeState(TaskEntityOperation entityOperation) => ProcessState.Empty;
}
