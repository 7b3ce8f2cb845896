using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Kinds;
using Microsoft.Azure.Functions.Worker;

namespace CipherWatch.Functions.Entities;

/// <summary>One host's clocks.</summary>
public sealed class ClockEntity(DetectionSettings settings) : FactsEntity<string, ClockFacts>(FactKinds.Clock, settings)
{
    /// <summary>Runs operations on it.</summary>
    [Function(nameof(ClockEntity))]
    public static Task RunEntityAsync([EntityTrigger] TaskEntityDispatcher dispatcher)
    {
        ArgumentNullException.ThrowIfNull(dispatcher);
        return dispatcher.DispatchAsync<ClockEntity>();
    }
}
