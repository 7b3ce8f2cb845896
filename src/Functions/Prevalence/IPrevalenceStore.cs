using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Pipeline.Journal;

namespace CipherWatch.Functions.Prevalence;

/// <summary>Keeps on how many hosts programs were seen, and finds it again.</summary>
public interface IPrevalenceStore
{
    /// <summary>Keeps what processes said; keeping the same again changes nothing.</summary>
    Task KeepAsync(PrevalenceFacts words, CancellationToken cancellationToken);

    /// <summary>Answers what was asked of prevalence.</summary>
    Task FindAsync(JournalQuery query, CancellationToken cancellationToken);

    /// <summary>Puts together what was kept in hours that are over.</summary>
    /// <returns>Rows that were put together.</returns>
    Task<int> FoldAsync(CancellationToken cancellationToken);
}
