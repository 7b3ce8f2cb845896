using Azure.Messaging.EventHubs;
using CipherWatch.Functions.Ingestion;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.Triggers;

/// <summary>What every trigger does with a batch of events.</summary>
/// <remarks>
/// The checkpoint moves on when the function ends, even by an exception; only a retry policy holds it. It never gives up, because
/// the function fails only while something is out, never for what an event holds.
/// </remarks>
public sealed class EventBatch(BatchHandler handler)
{
    /// <summary>Attempts of a batch.</summary>
    internal const int NeverGiveUp = -1;

    /// <summary>Wait before the first repetition.</summary>
    internal const string FirstWait = "00:00:04";

    /// <summary>Longest wait.</summary>
    internal const string LongestWait = "00:05:00";

    /// <summary>Handles the events of one partition.</summary>
    /// <param name="family">What the hub is called where the host does not say.</param>
    /// <param name="events">The events, in the order of the partition.</param>
    /// <param name="client">Starts orchestrations.</param>
    /// <param name="context">Says which partition it is.</param>
    /// <param name="cancellationToken">The host is stopping.</param>
    public async Task HandleAsync(
        string family, IReadOnlyList<EventData> events, DurableTaskClient client, FunctionContext context,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (events.Count > 0)
        {
            await handler.HandleAsync(IncomingBatch.OfEvents(family, events, PartitionOrigin.Of(context)), client, cancellationToken)
                .ConfigureAwait(false);
        }
    }
}
