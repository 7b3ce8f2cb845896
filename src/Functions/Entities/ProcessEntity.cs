using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Kinds;
using Microsoft.Azure.Functions.Worker;

namespace CipherWatch.Functions.Entities;

/// <summary>One process: what is known of it, and what was said.</summary>
public sealed class ProcessEntity(DetectionSettings settings) : FactsEntity<ProcessKey, ProcessFacts>(FactKinds.Process, settings)
{
    /// <summary>Runs operations on it.</summary>
    [Function(nameof(ProcessEntity))]
    public static Task RunEntityAsync([EntityTrigger] TaskEntityDispatcher dispatcher)
    {
        ArgumentNullException.ThrowIfNull(dispatcher);
        return dispatcher.DispatchAsync<ProcessEntity>();
    }
}
