using CipherWatch.Core.Correlation.Attempts;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Kinds;
using Microsoft.Azure.Functions.Worker;

namespace CipherWatch.Functions.Entities;

/// <summary>One source host's calls that carried nothing.</summary>
public sealed class AttemptsEntity(DetectionSettings settings) : FactsEntity<IpAddress, AttemptFacts>(FactKinds.Attempts, settings)
{
    /// <summary>Runs operations on it.</summary>
    [Function(nameof(AttemptsEntity))]
    public static Task RunEntityAsync([EntityTrigger] TaskEntityDispatcher dispatcher)
    {
        ArgumentNullException.ThrowIfNull(dispatcher);
        return dispatcher.DispatchAsync<AttemptsEntity>();
    }
}
