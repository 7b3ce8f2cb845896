using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.Prevalence;

/// <summary>Puts together once an hour what batches said of prevalence, so that who asks reads few rows.</summary>
/// <remarks>It decides nothing: what is not put together yet is read as it was said.</remarks>
public sealed class FoldPrevalence(IPrevalenceStore store, TimeProvider clock, ILogger<FoldPrevalence> logger)
{
    /// <summary>How long one run goes on: the next one does the rest.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(5);

    /// <summary>Puts together what hours that are over left.</summary>
    [Function(nameof(FoldPrevalence))]
    public async Task RunAsync([TimerTrigger("0 7 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        long began = clock.GetTimestamp();
        int rows = 0;
        int some;
        do
        {
            some = await store.FoldAsync(cancellationToken).ConfigureAwait(false);
            rows += some;
        }
        while (some > 0 && clock.GetElapsedTime(began) < MaxTime);
        logger.LogInformation("Put together {Rows} rows of prevalence", rows);
    }
}
