using Azure.Messaging.EventHubs;
using CipherWatch.Functions.Hosting;
using CipherWatch.Functions.Ingestion;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.Triggers;

/// <summary>Batches of Linux telemetry: audit log, syslog, osquery, Sysmon for Linux.</summary>
public sealed class LinuxEvents(EventBatch batch)
{
    /// <summary>Handles one batch of a partition.</summary>
    [Function(nameof(LinuxEvents))]
    [ExponentialBackoffRetry(EventBatch.NeverGiveUp, EventBatch.FirstWait, EventBatch.LongestWait)]
    public Task RunAsync(
        [EventHubTrigger(AppSettings.LinuxHub, Connection = AppSettings.EventHubConnection, ConsumerGroup = AppSettings.ConsumerGroup)]
        EventData[] events,
        [DurableClient] DurableTaskClient client,
        FunctionContext context,
        CancellationToken cancellationToken) => batch.HandleAsync(Families.Linux, events, client, context, cancellationToken);
}
