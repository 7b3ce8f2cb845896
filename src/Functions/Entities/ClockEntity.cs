using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.State;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Entities;

namespace CipherWatch.Functions.Entities;

/// <summary>One host's clocks.</summary>
public sealed class ClockEntity : TaskEntity<ClockState>
{
    /// <summary>Merges readings; answers all that is known of the host's clocks.</summary>
    public HostClock Merge(HostClock operation)
    {
        State = EntityUpdate.Apply(State, operation);
        return State.Clock;
    }

    /// <summary>Runs operations on it.</summary>
    [Function(nameof(ClockEntity))]
    public static Task RunEntityAsync([EntityTrigger] TaskEntityDispatcher dispatcher)
    {
        ArgumentNullException.ThrowIfNull(dispatcher);
        return dispatcher.DispatchAsync<ClockEntity>();
    }

    /// <inheritdoc/>
    protected override ClockState InitializeState(TaskEntityOperation entityOperation) => ClockState.Empty;
}
