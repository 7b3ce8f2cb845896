using Azure.Messaging.EventHubs;
using CipherWatch.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.Triggers;

/// <summary>Batches of Sysmon telemetry, in any rendering.</summary>
/// <remarks>
/// The checkpoint moves on when the function ends, even by an exception; only a retry policy holds it. It never gives up, because
/// the function fails only while something is out, never for what an event holds.
/// </remarks>
public sealed class SysmonEvents(EventBatch batch)
{
    /// <summary>Handles one batch of a partition.</summary>
    [Function(nameof(SysmonEvents))]
    [ExponentialBackoffRetry(-1, "00:00:04", "00:05:00")]
    public Task RunAsync(
        [EventHubTrigger(
            AppSettings.SysmonHub, Connection = AppSettings.EventHubConnection,
                ConsumerGroup = AppSettings.ConsumerGroup)] EventData[] events,
        [DurableClient] DurableTaskClient client,
        FunctionContext context,
        CancellationToken cancellationToken) => batch.HandleAsync("sysmon", events, client, context, cancellationToken);
}
