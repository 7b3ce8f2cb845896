using System.Globalization;
using CipherWatch.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.Maintenance;

/// <summary>Removes the history of orchestrations that have ended. Facts live in entities and are not touched.</summary>
/// <remarks>
/// It decides nothing: a batch read again after its history is gone runs again and changes nothing. Page by page and within a time limit:
/// what a run does not reach, the next one does.
/// </remarks>
public sealed class PurgeHistory(TimeProvider clock, IConfiguration configuration, ILogger<PurgeHistory> logger)
{
    private const int DefaultDays = 7;

    /// <summary>An event hub keeps events for up to this many days on the standard tier: no batch is read again after that.</summary>
    private const int MaxDays = 90;

    /// <summary>Failed ones are kept as many times as long: a person may look at them, and their input is kept nowhere else.</summary>
    private const int FailedTimes = 4;

    private const int PageSize = 100;

    /// <summary>Instances removed at once.</summary>
    private const int Concurrency = 8;

    /// <summary>Removes what is older than the days that history is kept.</summary>
    [Function(nameof(PurgeHistory))]
    public async Task RunAsync(
        [TimerTrigger("0 17 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        TimeBudget budget = new(clock);
        int days = Days(configuration[AppSettings.HistoryDays]);
        int ended = await PurgeAsync(
            client, budget, days, [OrchestrationRuntimeStatus.Completed], cancellationToken).ConfigureAwait(false);
        int failed = await PurgeAsync(
            client, budget, days * FailedTimes, [OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated],
            cancellationToken).ConfigureAwait(false);
        if (failed > 0)
        {
            logger.LogWarning("Removed {Instances} orchestrations that failed {Days} days ago or longer", failed, days * FailedTimes);
        }

        logger.LogInformation("Removed the history of {Instances} orchestrations", ended);
    }

    private async Task<int> PurgeAsync(
        DurableTaskClient client, TimeBudget budget, int days, OrchestrationRuntimeStatus[] statuses, CancellationToken cancellationToken)
    {
        OrchestrationQuery query = new(
            CreatedTo: clock.GetUtcNow().AddDays(-days), Statuses: statuses, PageSize: PageSize, FetchInputsAndOutputs: false);
        int purged = 0;
        if (!budget.HasTime)
        {
            return purged;
        }

        ParallelOptions options = new() { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await foreach (Page<OrchestrationMetadata> page in client.GetAllInstancesAsync(query).AsPages(pageSizeHint: PageSize)
            .WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await Parallel.ForEachAsync(page.Values, options, async (instance, stop) =>
            {
                PurgeResult result = await client.PurgeInstanceAsync(instance.InstanceId, cancellation: stop).ConfigureAwait(false);
                Interlocked.Add(ref purged, result.PurgedInstanceCount);
            }).ConfigureAwait(false);
            if (!budget.HasTime)
            {
                break;
            }
        }

        return purged;
    }

    private static int Days(string? setting) =>
        int.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out int days) ? Math.Clamp(days, 1, MaxDays) : DefaultDays;
}
