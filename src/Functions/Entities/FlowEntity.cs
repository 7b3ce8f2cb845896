using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.State;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Entities;

namespace CipherWatch.Functions.Entities;

/// <summary>One flow: where an endpoint's connection and a sensor's records meet.</summary>
public sealed class FlowEntity : TaskEntity<FlowState>
{
    /// <summary>Merges facts; answers the flow as its hops need it, or nothing where it hops nowhere.</summary>
    public FlowFacts? Merge(FlowFacts operation)
    {
        (FlowFacts facts, FlowFacts? answer) = EntityUpdate.Apply(State.Facts, operation);
        State = new(facts);
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
    protected override FlowState InitializeState(TaskEntityOperation entityOperation) => FlowState.Empty;
}
