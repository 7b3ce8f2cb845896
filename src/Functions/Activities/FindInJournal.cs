using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Journal;
using CipherWatch.Functions.Journal;
using CipherWatch.Functions.Prevalence;
using Microsoft.Azure.Functions.Worker;

namespace CipherWatch.Functions.Activities;

/// <summary>Answers what entities ask the journal before they are published, and on how many hosts the like was seen.</summary>
public sealed class FindInJournal(IFlowJournal journal, IPrevalenceStore prevalence)
{
    /// <summary>Answers all that was asked in one round.</summary>
    [Function(nameof(FindInJournal))]
    public async Task<BatchPart> RunAsync([ActivityTrigger] JournalQuestions asked, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asked);
        (JournalQuery query, Func<BatchPart> answer) = asked.Prepare();
        await journal.FindAsync(query, cancellationToken).ConfigureAwait(false);
        await prevalence.FindAsync(query, cancellationToken).ConfigureAwait(false);
        return answer();
    }
}
