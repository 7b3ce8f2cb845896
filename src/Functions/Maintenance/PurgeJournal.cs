using CipherWatch.Functions.Journal;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.Maintenance;

/// <summary>Removes the hours of the flow journal that nobody reads any more. It decides nothing: they are past the horizon.</summary>
public sealed class PurgeJournal(IFlowJournal journal, TimeProvider clock, ILogger<PurgeJournal> logger)
{
    /// <summary>Removes them, page by page and within a time limit.</summary>
    [Function(nameof(PurgeJournal))]
    public async Task RunAsync([TimerTrigger("0 37 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        TimeBudget budget = new(clock);
        long rows = await journal.PurgeAsync(() => budget.HasTime, cancellationToken).ConfigureAwait(false);
        logger.LogInformation("Removed {Rows} rows of the flow journal", rows);
    }
}
