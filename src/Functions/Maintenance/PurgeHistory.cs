using System.Globalization;
using CipherWatch.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.Maintenance;

/// <summary>Removes the history of orchestrations that are done. Facts live in entities and are not touched.</summary>
/// <remarks>Garbage collection: it decides nothing. A batch read again after its history is gone runs again and changes nothing.</remarks>
public sealed class PurgeHistory(TimeProvider time, IConfiguration configuration, ILogger<PurgeHistory> logger)
{
    private const int DefaultDays = 7;

    /// <summary>An event hub keeps events for up to this many days on the standard tier: no batch is read again after that.</summary>
    private const int MaxDays = 90;

    /// <summary>Removes what is older than the days that history is kept. Failed ones stay, for a person to look at.</summary>
    [Function(nameof(PurgeHistory))]
    public async Task RunAsync(
        [TimerTrigger("0 17 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        PurgeInstancesFilter filter = new(
            CreatedTo: time.GetUtcNow().AddDays(-Days(configuration[AppSettings.HistoryDays])),
            Statuses: [OrchestrationRuntimeStatus.Completed]);
        PurgeResult result = await client.PurgeAllInstancesAsync(filter, cancellationToken).ConfigureAwait(false);
        logger.LogInformation("Purged the history of {Instances} orchestrations", result.PurgedInstanceCount);
    }

    private static int Days(string? setting) =>
        int.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out int days) ? Math.Clamp(days, 1, MaxDays) : DefaultDays;
}
