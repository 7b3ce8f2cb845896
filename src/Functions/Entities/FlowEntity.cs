using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Kinds;
using Microsoft.Azure.Functions.Worker;

namespace CipherWatch.Functions.Entities;

/// <summary>One flow that samples name by its Community ID only, until its ends are known.</summary>
public sealed class FlowEntity(DetectionSettings settings) : FactsEntity<FlowId, FlowFacts>(FactKinds.Flow, settings)
{
    /// <summary>Runs operations on it.</summary>
    [Function(nameof(FlowEntity))]
    public static Task RunEntityAsync([EntityTrigger] TaskEntityDispatcher dispatcher)
    {
        ArgumentNullException.ThrowIfNull(dispatcher);
        return dispatcher.DispatchAsync<FlowEntity>();
    }
}
