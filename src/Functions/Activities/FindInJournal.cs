using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Journal;
using CipherWatch.Functions.Journal;
using Microsoft.Azure.Functions.Worker;

namespace CipherWatch.Functions.Activities;

/// <summary>Answers what entities ask the journal before they are published.</summary>
public sealed class FindInJournal(IFlowJournal journal)
{
    /// <summary>Answers all that was asked in one round.</summary>
    [Function(nameof(FindInJournal))]
    public async Task<BatchPart> RunAsync([ActivityTrigger] JournalQuestions asked, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asked);
        (JournalQuery query, Func<BatchPart> answer) = asked.Prepare();
        await journal.FindAsync(query, cancellationToken).ConfigureAwait(false);
        return answer();
    }
}
