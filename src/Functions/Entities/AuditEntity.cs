using CipherWatch.Core.Correlation.Audit;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Entities;

namespace CipherWatch.Functions.Entities;

/// <summary>One audit event whose records came in several batches.</summary>
public sealed class AuditEntity(DetectionSettings settings) : TaskEntity<EntityState<AuditEventFacts>>
{
    /// <summary>Merges facts; answers all that they now imply, or what is asked of the journal before.</summary>
    public EntityAnswer Merge(EntityFacts operation)
    {
        (State, EntityAnswer answer) = EntityUpdate.Apply(FactKinds.Audit, State, operation, settings);
        return answer;
    }

    /// <summary>Runs operations on it.</summary>
    [Function(nameof(AuditEntity))]
    public static Task RunEntityAsync([EntityTrigger] TaskEntityDispatcher dispatcher)
    {
        ArgumentNullException.ThrowIfNull(dispatcher);
        return dispatcher.DispatchAsync<AuditEntity>();
    }

    /// <inheritdoc/>
    protected override EntityState<AuditEventFacts> InitializeState(TaskEntityOperation entityOperation) =>
        EntityState<AuditEventFacts>.Empty;
}
