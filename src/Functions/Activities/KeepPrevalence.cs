using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Functions.Prevalence;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CipherWatch.Functions.Activities;

/// <summary>Keeps what processes said of the prevalence of their programs.</summary>
public sealed class KeepPrevalence(IPrevalenceStore store, RecentWords recent)
{
    /// <summary>How the orchestration tries again, for some two minutes: no finding waits for longer.</summary>
    internal static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 5, TimeSpan.FromSeconds(8), backoffCoefficient: 2));

    /// <summary>Keeps what this worker has not kept already.</summary>
    [Function(nameof(KeepPrevalence))]
    public async Task RunAsync([ActivityTrigger] PrevalenceFacts words, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (recent.New(words) is { } rest)
        {
            await store.KeepAsync(rest, cancellationToken).ConfigureAwait(false);
            recent.Add(rest);
        }
    }
}
