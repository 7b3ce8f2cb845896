using DurableTask.Core.Entities;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.DurableTask.Entities;

namespace CipherWatch.DeliveryWorker;

/// <summary>What the app may ask of entities from outside an orchestration: which there are, and that empty ones be removed.</summary>
internal sealed class BackendEntityClient(EntityBackendQueries queries, DataConverter converter) : DurableEntityClient("delivery")
{
    /// <inheritdoc/>
    public override async Task<EntityMetadata?> GetEntityAsync(
        EntityInstanceId id, bool includeState = true, CancellationToken cancellation = default) =>
        await queries.GetEntityAsync(new EntityId(id.Name, id.Key), includeState, includeStateless: false, cancellation) is { } found
            ? Metadata(found) : null;

    /// <inheritdoc/>
    public override AsyncPageable<EntityMetadata> GetAllEntitiesAsync(EntityQuery? filter = null) =>
        Pageable.Create<EntityMetadata>(async (continuation, cancellation) =>
        {
            EntityBackendQueries.EntityQueryResult result = await queries.QueryEntitiesAsync(
                new()
                {
                    InstanceIdStartsWith = filter?.InstanceIdStartsWith,
                    LastModifiedFrom = filter?.LastModifiedFrom?.UtcDateTime,
                    LastModifiedTo = filter?.LastModifiedTo?.UtcDateTime,
                    IncludeState = filter?.IncludeState ?? true,
                    IncludeTransient = filter?.IncludeTransient ?? false,
                    PageSize = filter?.PageSize,
                    ContinuationToken = continuation ?? filter?.ContinuationToken,
                },
                cancellation);
            return new Page<EntityMetadata>([.. result.Results.Select(Metadata)], result.ContinuationToken);
        });

    /// <inheritdoc/>
    public override async Task<CleanEntityStorageResult> CleanEntityStorageAsync(
        CleanEntityStorageRequest? request = null, bool continueUntilComplete = true, CancellationToken cancellation = default)
    {
        CleanEntityStorageRequest asked = request ?? CleanEntityStorageRequest.Default;
        EntityBackendQueries.CleanEntityStorageResult result = await queries.CleanEntityStorageAsync(
            new()
            {
                RemoveEmptyEntities = asked.RemoveEmptyEntities,
                ReleaseOrphanedLocks = asked.ReleaseOrphanedLocks,
                ContinuationToken = asked.ContinuationToken,
            },
            cancellation);
        return new()
        {
            EmptyEntitiesRemoved = result.EmptyEntitiesRemoved,
            OrphanedLocksReleased = result.OrphanedLocksReleased,
            ContinuationToken = result.ContinuationToken,
        };
    }

    /// <inheritdoc/>
    public override Task SignalEntityAsync(
        EntityInstanceId id, string operationName, object? input = null, SignalEntityOptions? options = null,
        CancellationToken cancellation = default) => throw new NotSupportedException("The app calls; it does not signal.");

    /// <inheritdoc/>
    public override Task<EntityMetadata<T>?> GetEntityAsync<T>(
        EntityInstanceId id, bool includeState = true, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override AsyncPageable<EntityMetadata<T>> GetAllEntitiesAsync<T>(EntityQuery? filter = null) => throw new NotSupportedException();

    private EntityMetadata Metadata(EntityBackendQueries.EntityMetadata found) => new(
        new(found.EntityId.Name, found.EntityId.Key),
        found.SerializedState is null ? null : new(found.SerializedState, converter))
    {
        LastModifiedTime = found.LastModifiedTime,
        BacklogQueueSize = found.BacklogQueueSize,
        LockedBy = found.LockedBy,
    };
}
