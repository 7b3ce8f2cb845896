using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Functions.Prevalence;
using Microsoft.Azure.Functions.Worker;

namespace CipherWatch.Functions.Activities;

/// <summary>Keeps what processes said of the prevalence of their programs.</summary>
public sealed class KeepPrevalence(IPrevalenceStore store, RecentWords recent)
{
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
