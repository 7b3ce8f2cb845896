using CipherWatch.Functions.Orchestrations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.Telemetry;

/// <summary>Counts the batches that were started and have not ended.</summary>
public sealed class CountBacklog(AppMeter meter)
{
    /// <summary>Counted at most: whoever has more has a backlog whatever the number.</summary>
    public const int MaxCounted = 10_000;

    private const int PageSize = 500;

    /// <summary>Counts every five minutes.</summary>
    [Function(nameof(CountBacklog))]
    public async Task RunAsync(
        [TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        OrchestrationQuery open = new(
            Statuses: [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running], PageSize: PageSize);
        long batches = 0;
        await foreach (OrchestrationMetadata instance in client.GetAllInstancesAsync(open).WithCancellation(cancellationToken)
            .ConfigureAwait(false))
        {
            // What looks again a day later waits by design, and what judges again is no batch.
            batches += instance.Name == nameof(BatchOrchestration) ? 1 : 0;
            if (batches == MaxCounted)
            {
                break;
            }
        }

        meter.Backlog(batches);
    }
}
