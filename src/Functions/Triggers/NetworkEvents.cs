using Azure.Messaging.EventHubs;
using CipherWatch.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.Triggers;

/// <summary>Batches of network telemetry: flow logs, connection logs, payload samples.</summary>
/// <remarks>
/// The checkpoint moves on when the function ends, even by an exception; only a retry policy holds it. It never gives up, because
/// the function fails only while something is out, never for what an event holds.
/// </remarks>
public sealed class NetworkEvents(EventBatch batch)
{
    /// <summary>Handles one batch of a partition.</summary>
    [Function(nameof(NetworkEvents))]
    [ExponentialBackoffRetry(-1, "00:00:04", "00:05:00")]
    public Task RunAsync(
        [EventHubTrigger(
            AppSettings.NetworkHub, Connection = AppSettings.EventHubConnection,
                ConsumerGroup = AppSettings.ConsumerGroup)] EventData[] events,
        [DurableClient] DurableTaskClient client,
        FunctionContext context,
        CancellationToken cancellationToken) => batch.HandleAsync("network", events, client, context, cancellationToken);
}
