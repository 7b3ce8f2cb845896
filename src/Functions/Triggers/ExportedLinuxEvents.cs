using Azure.Messaging.EventHubs;
using CipherWatch.Functions.Hosting;
using CipherWatch.Functions.Ingestion;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.Triggers;

/// <summary>Batches of Linux telemetry that a workspace exports.</summary>
/// <remarks>A namespace of its own, because data export streams by keys: docs/deploy.md. Switched off where nothing is exported.</remarks>
public sealed class ExportedLinuxEvents(EventBatch batch)
{
    /// <summary>Handles one batch of a partition.</summary>
    [Function(nameof(ExportedLinuxEvents))]
    [ExponentialBackoffRetry(EventBatch.NeverGiveUp, EventBatch.FirstWait, EventBatch.LongestWait)]
    public Task RunAsync(
        [EventHubTrigger(
            AppSettings.LinuxExportHub, Connection = AppSettings.ExportHubConnection, ConsumerGroup = AppSettings.ConsumerGroup)]
        EventData[] events,
        [DurableClient] DurableTaskClient client,
        FunctionContext context,
        CancellationToken cancellationToken) => batch.HandleAsync(Families.Linux, events, client, context, cancellationToken);
}
