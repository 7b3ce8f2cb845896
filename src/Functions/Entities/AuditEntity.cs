using CipherWatch.Core.Correlation.Audit;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Kinds;
using Microsoft.Azure.Functions.Worker;

namespace CipherWatch.Functions.Entities;

/// <summary>One audit event whose records came in several batches.</summary>
public sealed class AuditEntity(DetectionSettings settings) : FactsEntity<AuditEventKey, AuditEventFacts>(FactKinds.Audit, settings)
{
    /// <summary>Runs operations on it.</summary>
    [Function(nameof(AuditEntity))]
    public static Task RunEntityAsync([EntityTrigger] TaskEntityDispatcher dispatcher)
    {
        ArgumentNullException.ThrowIfNull(dispatcher);
        return dispatcher.DispatchAsync<AuditEntity>();
    }
}
