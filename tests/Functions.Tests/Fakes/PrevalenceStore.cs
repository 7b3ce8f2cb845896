using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Pipeline.Journal;
using CipherWatch.Functions.Prevalence;

namespace CipherWatch.Functions.Tests.Fakes;

/// <summary>Prevalence in memory.</summary>
internal sealed class PrevalenceStore : IPrevalenceStore
{
    public PrevalenceFacts Facts { get; } = new();

    public int Kept { get; private set; }

    /// <summary>What it throws instead of keeping anything; null where it keeps it.</summary>
    public Exception? Refuses { get; init; }

    public Task KeepAsync(PrevalenceFacts words, CancellationToken cancellationToken)
    {
        if (Refuses is { } exception)
        {
            throw exception;
        }

        Kept++;
        Facts.Add(words);
        return Task.CompletedTask;
    }

    public Task FindAsync(JournalQuery query, CancellationToken cancellationToken)
    {
        query.Read(Facts);
        return Task.CompletedTask;
    }

    public Task<int> FoldAsync(CancellationToken cancellationToken) => Task.FromResult(0);
}
