using CipherWatch.Core.Pipeline.Journal;
using CipherWatch.Functions.Journal;

namespace CipherWatch.Functions.Tests.Fakes;

/// <summary>The flow journal in memory.</summary>
internal sealed class JournalStore : IFlowJournal
{
    private readonly Dictionary<string, byte[]> _batches = new(StringComparer.Ordinal);

    public Task KeepAsync(string batchId, FlowJournal journal, CancellationToken cancellationToken)
    {
        _batches[batchId] = journal.Held.ToArray();
        return Task.CompletedTask;
    }

    public Task FindAsync(JournalQuery query, CancellationToken cancellationToken)
    {
        foreach (byte[] batch in _batches.Values)
        {
            query.Read(batch);
        }

        return Task.CompletedTask;
    }
}
