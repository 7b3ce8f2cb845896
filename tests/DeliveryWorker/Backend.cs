using DurableTask.AzureStorage;
using DurableTask.Core.Entities;
using Microsoft.Extensions.Logging;

namespace CipherWatch.DeliveryWorker;

/// <summary>The durable backend as the Functions host sets it up, with waits of seconds where the host has minutes.</summary>
internal static class Backend
{
    /// <summary>
    /// Longer than anything takes here on a busy machine: a message that is seen again while it is worked on stops the dispatcher that
    /// has it for ten seconds, and with it all that wait behind.
    /// </summary>
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>What the backend has to say, on the console.</summary>
    public static readonly ILoggerFactory Log = LoggerFactory.Create(logging => logging.AddFilter(null, LogLevel.Warning)
        .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "mm:ss.fff ")));

    /// <summary>Connects to a task hub.</summary>
    public static AzureStorageOrchestrationService Connect(string storage, string taskHub, string worker) => new(new()
    {
        StorageAccountClientProvider = new StorageAccountClientProvider(storage),
        TaskHubName = taskHub,
        LoggerFactory = Log,
        WorkerId = worker,
        PartitionCount = 3,
        UseAppLease = false,
        UseSeparateQueueForEntityWorkItems = true,
        UseTablePartitionManagement = true,
        ThrowExceptionOnInvalidDedupeStatus = true,
        ControlQueueVisibilityTimeout = Visibility,
        WorkItemQueueVisibilityTimeout = Visibility,
        LeaseInterval = Lease,
        PartitionTableOperationTimeout = TimeSpan.FromSeconds(6),
        LeaseRenewInterval = TimeSpan.FromSeconds(5),
        LeaseAcquireInterval = TimeSpan.FromSeconds(1),
        ControlQueueBatchSize = 8,
        ControlQueueBufferThreshold = 16,
        MaxQueuePollingInterval = TimeSpan.FromMilliseconds(250),
        MaxConcurrentTaskActivityWorkItems = 8,
        MaxConcurrentTaskOrchestrationWorkItems = 16,
        MaxConcurrentTaskEntityWorkItems = 32,
    });

    /// <summary>What is known of entities.</summary>
    public static EntityBackendQueries Queries(AzureStorageOrchestrationService service) =>
        ((IEntityOrchestrationService)service).EntityBackendQueries!;
}
