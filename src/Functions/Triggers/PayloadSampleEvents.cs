using Azure.Messaging.EventHubs;
using CipherWatch.Functions.Hosting;
using CipherWatch.Functions.Ingestion;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.Triggers;

/// <summary>
/// Batches of payload samples, scored as they are read: what goes on to the entities is the verdict with its numbers, never the bytes.
/// </summary>
/// <remarks>
/// A hub of their own, because they are many and their content is sensitive: it can be given fewer readers and a shorter retention.
/// </remarks>
public sealed class PayloadSampleEvents(EventBatch batch)
{
    /// <summary>Handles one batch of a partition.</summary>
    [Function(nameof(PayloadSampleEvents))]
    [ExponentialBackoffRetry(EventBatch.NeverGiveUp, EventBatch.FirstWait, EventBatch.LongestWait)]
    public Task RunAsync(
        [EventHubTrigger(
            AppSettings.PayloadSampleHub, Connection = AppSettings.EventHubConnection, ConsumerGroup = AppSettings.ConsumerGroup)]
        EventData[] events,
        [DurableClient] DurableTaskClient client,
        FunctionContext context,
        CancellationToken cancellationToken) => batch.HandleAsync(Families.PayloadSamples, events, client, context, cancellationToken);
}
