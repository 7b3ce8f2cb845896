using Azure.Messaging.EventHubs;
using CipherWatch.Functions.Hosting;
using CipherWatch.Functions.Ingestion;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.Triggers;

/// <summary>Batches of ESXi telemetry: syslog and listings.</summary>
public sealed class EsxiEvents(EventBatch batch)
{
    /// <summary>Handles one batch of a partition.</summary>
    [Function(nameof(EsxiEvents))]
    [ExponentialBackoffRetry(EventBatch.NeverGiveUp, EventBatch.FirstWait, EventBatch.LongestWait)]
    public Task RunAsync(
        [EventHubTrigger(AppSettings.EsxiHub, Connection = AppSettings.EventHubConnection, ConsumerGroup = AppSettings.ConsumerGroup)]
        EventData[] events,
        [DurableClient] DurableTaskClient client,
        FunctionContext context,
        CancellationToken cancellationToken) => batch.HandleAsync(Families.Esxi, events, client, context, cancellationToken);
}
