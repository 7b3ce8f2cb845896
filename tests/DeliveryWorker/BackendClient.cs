using DurableTask.AzureStorage;
using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Query;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;

namespace CipherWatch.DeliveryWorker;

/// <summary>The app's durable client over the backend itself, where the Functions host would stand between.</summary>
internal sealed class BackendClient(AzureStorageOrchestrationService service, DataConverter converter, Reaper reaper)
    : DurableTaskClient("delivery")
{
    /// <inheritdoc/>
    public override DurableEntityClient Entities => new BackendEntityClient(Backend.Queries(service), converter);

    /// <inheritdoc/>
    /// <exception cref="DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException">The id is known, in a status that was named.</exception>
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        string id = options?.InstanceId ?? throw new ArgumentException("An orchestration here is started under an id.", nameof(options));
        OrchestrationInstance instance = new() { InstanceId = id, ExecutionId = Convert.ToHexStringLower(RandomId()) };
        TaskMessage message = new()
        {
            OrchestrationInstance = instance,
            Event = new ExecutionStartedEvent(-1, converter.Serialize(input))
            {
                Name = orchestratorName.Name,
                Version = string.Empty,
                OrchestrationInstance = instance,
                ScheduledStartTime = options.StartAt?.UtcDateTime,
            },
        };
        reaper.Pass(DeathPlace.BeforeStart);
        await service.CreateTaskOrchestrationAsync(
            message, [.. options.DedupeStatuses?.Select(Enum.Parse<OrchestrationStatus>) ?? []]);
        reaper.Pass(DeathPlace.AfterStart);
        return id;
    }

    /// <inheritdoc/>
    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        (await service.GetOrchestrationStateAsync(instanceId, allExecutions: false)).FirstOrDefault() is { } state ? Metadata(state) : null;

    /// <inheritdoc/>
    public override Microsoft.DurableTask.AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(
        Microsoft.DurableTask.Client.OrchestrationQuery? filter = null) =>
        Pageable.Create<OrchestrationMetadata>(async (continuation, cancellation) =>
        {
            OrchestrationQueryResult result = await service.GetOrchestrationWithQueryAsync(
                new()
                {
                    RuntimeStatus = filter?.Statuses?.Select(status => (OrchestrationStatus)(int)status).ToList(),
                    CreatedTimeFrom = filter?.CreatedFrom?.UtcDateTime,
                    CreatedTimeTo = filter?.CreatedTo?.UtcDateTime,
                    PageSize = filter?.PageSize ?? 100,
                    ContinuationToken = continuation,
                    InstanceIdPrefix = filter?.InstanceIdPrefix,
                    FetchInputsAndOutputs = false,
                    ExcludeEntities = true,
                },
                cancellation);
            return new Page<OrchestrationMetadata>([.. result.OrchestrationState.Select(Metadata)], result.ContinuationToken);
        });

    /// <inheritdoc/>
    public override async Task<Microsoft.DurableTask.Client.PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        DurableTask.Core.PurgeResult result = await ((IOrchestrationServicePurgeClient)service).PurgeInstanceStateAsync(new PurgeInstanceFilter(
            filter.CreatedFrom?.UtcDateTime ?? DateTime.UnixEpoch, filter.CreatedTo?.UtcDateTime,
            filter.Statuses?.Select(status => (OrchestrationStatus)(int)status)));
        return new(result.DeletedInstanceCount);
    }

    /// <inheritdoc/>
    public override async Task<Microsoft.DurableTask.Client.PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        new((await ((IOrchestrationServicePurgeClient)service).PurgeInstanceStateAsync(instanceId)).DeletedInstanceCount);

    /// <inheritdoc/>
    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static OrchestrationMetadata Metadata(OrchestrationState state) => new(state.Name, state.OrchestrationInstance.InstanceId)
    {
        RuntimeStatus = (OrchestrationRuntimeStatus)(int)state.OrchestrationStatus,
        CreatedAt = state.CreatedTime,
        LastUpdatedAt = state.LastUpdatedTime,
    };

    private static byte[] RandomId() => System.Security.Cryptography.RandomNumberGenerator.GetBytes(16);
}
