using CipherWatch.Core.Pipeline.Journal;

namespace CipherWatch.Functions.Journal;

/// <summary>Keeps the flows that cost no entity, and finds them again.</summary>
public interface IFlowJournal
{
    /// <summary>Keeps what a batch says; keeping the same again changes nothing.</summary>
    /// <remarks>Throws where it cannot be kept, so that the batch is read again.</remarks>
    Task KeepAsync(string batchId, FlowJournal journal, CancellationToken cancellationToken);

    /// <summary>Reads what of it may answer into a query.</summary>
    Task FindAsync(JournalQuery query, CancellationToken cancellationToken);
}
