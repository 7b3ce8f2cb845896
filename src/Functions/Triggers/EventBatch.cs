using Azure.Messaging.EventHubs;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Functions.Ingestion;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.Triggers;

/// <summary>What both triggers do with a batch of events.</summary>
public sealed class EventBatch(BatchHandler handler)
{
    /// <summary>Handles the events of one partition.</summary>
    /// <param name="hub">What the hub is called where the host does not say.</param>
    /// <param name="events">The events, in the order of the partition.</param>
    /// <param name="client">Starts orchestrations.</param>
    /// <param name="context">Says which partition it is.</param>
    /// <param name="cancellationToken">The host is stopping.</param>
    public async Task HandleAsync(
        string hub, IReadOnlyList<EventData> events, DurableTaskClient client, FunctionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (events.Count == 0)
        {
            return;
        }

        PartitionOrigin? partition = PartitionOrigin.Of(context);

        // Two partitions hold the same sequence numbers: without the partition, the bodies have to tell batches apart.
        string batchId = partition is null
            ? BatchId.OfBodies(hub, events.Select(record => record.EventBody.ToMemory()))
            : BatchId.OfEvents(
                partition.FullyQualifiedNamespace, partition.EventHubName, partition.ConsumerGroup, partition.PartitionId,
                events[0].SequenceNumber, events[^1].SequenceNumber);
        await handler.HandleAsync(
            batchId,
            events.Select(record => (record.EventBody.ToMemory(), new BodyOrigin(
                partition?.EventHubName
                    ?? hub, partition?.PartitionId, record.OffsetString, record.SequenceNumber, record.EnqueuedTime, record.PartitionKey))),
            client,
            cancellationToken).ConfigureAwait(false);
    }
}
