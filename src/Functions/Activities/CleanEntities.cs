using CipherWatch.Functions.Maintenance;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.Activities;

/// <summary>Removes what is left of entities that have forgotten everything, where the backend does not do so itself.</summary>
public sealed class CleanEntities(TimeProvider clock, ILogger<CleanEntities> logger)
{
    /// <summary>Removes it, page by page and within a time limit; what is left, the next day's does.</summary>
    [Function(nameof(CleanEntities))]
    public async Task RunAsync(
        [ActivityTrigger] string? input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        TimeBudget budget = new(clock);
        int removed = 0;
        string? token = null;
        do
        {
            CleanEntityStorageResult result = await client.Entities.CleanEntityStorageAsync(
                new() { RemoveEmptyEntities = true, ReleaseOrphanedLocks = true, ContinuationToken = token },
                continueUntilComplete: false, cancellationToken).ConfigureAwait(false);
            removed += result.EmptyEntitiesRemoved;
            token = string.IsNullOrEmpty(result.ContinuationToken) ? null : result.ContinuationToken;
        }
        while (token is not null && budget.HasTime);

        logger.LogInformation("Removed {Entities} entities that have forgotten everything", removed);
    }
}
