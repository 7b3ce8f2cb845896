using Azure.Messaging.EventHubs;
using CipherWatch.Functions.Hosting;
using CipherWatch.Functions.Ingestion;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.Triggers;

/// <summary>Batches of network telemetry: flow logs, connection logs, export datagrams.</summary>
public sealed class NetworkEvents(EventBatch batch)
{
    /// <summary>Handles one batch of a partition.</summary>
    [Function(nameof(NetworkEvents))]
    [ExponentialBackoffRetry(EventBatch.NeverGiveUp, EventBatch.FirstWait, EventBatch.LongestWait)]
    public Task RunAsync(
        [EventHubTrigger(AppSettings.NetworkHub, Connection = AppSettings.EventHubConnection, ConsumerGroup = AppSettings.ConsumerGroup)]
        EventData[] events,
        [DurableClient] DurableTaskClient client,
        FunctionContext context,
        CancellationToken cancellationToken) => batch.HandleAsync(Families.Network, events, client, context, cancellationToken);
}
