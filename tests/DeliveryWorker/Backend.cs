using DurableTask.AzureStorage;
using DurableTask.Core.Entities;

namespace CipherWatch.DeliveryWorker;

/// <summary>The durable backend as the Functions host sets it up, with waits of seconds where the host has minutes.</summary>
internal static class Backend
{
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    /// <summary>Connects to a task hub.</summary>
    public static AzureStorageOrchestrationService Connect(string storage, string taskHub, string worker) => new(new()
    {
        StorageAccountClientProvider = new StorageAccountClientProvider(storage),
        TaskHubName = taskHub,
        WorkerId = worker,
        PartitionCount = 2,
        UseAppLease = false,
        UseSeparateQueueForEntityWorkItems = true,
        UseTablePartitionManagement = true,
        ThrowExceptionOnInvalidDedupeStatus = true,
        ControlQueueVisibilityTimeout = Visibility,
        WorkItemQueueVisibilityTimeout = Visibility,
        LeaseInterval = Lease,
        LeaseRenewInterval = TimeSpan.FromSeconds(1),
        LeaseAcquireInterval = TimeSpan.FromSeconds(1),
        MaxQueuePollingInterval = TimeSpan.FromMilliseconds(250),
        MaxConcurrentTaskActivityWorkItems = 8,
        MaxConcurrentTaskOrchestrationWorkItems = 16,
        MaxConcurrentTaskEntityWorkItems = 32,
    });

    /// <summary>What is known of entities.</summary>
    public static EntityBackendQueries Queries(AzureStorageOrchestrationService service) =>
        ((IEntityOrchestrationService)service).EntityBackendQueries!;
}
