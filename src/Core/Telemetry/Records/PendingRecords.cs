namespace CipherWatch.Core.Telemetry.Records;

/// <summary>
/// Records that were cut short, each kept until the record comes that completes it: then it has that one's outcome. One that nothing
/// completes is the dead letter that it would have been at once.
/// </summary>
internal sealed class PendingRecords(IngestionCounts counts, IDeadLetterSink deadLetters)
{
    private readonly Dictionary<long, DeadLetter> _letters = [];
    private long _last;

    // What became of the record that began to wait last, before it was kept: a later line of its own told.
    private RecordResult? _early;

    /// <summary>Begins to wait with the record that is being read, whose outcome is <see cref="RecordResult.Pending"/>.</summary>
    /// <returns>Its number, to be completed or given up by.</returns>
    public long Begin()
    {
        _early = null;
        return ++_last;
    }

    /// <summary>Takes the record whose reader began to wait last, as the dead letter that it is unless it is completed.</summary>
    public void Keep(DeadLetter letter)
    {
        _letters.Add(_last, letter);
        switch (_early)
        {
            case { Outcome: RecordOutcome.DeadLettered }:
                GiveUp(_last);
                break;
            case { } outcome:
                Settle(_last, outcome);
                break;
        }
    }

    /// <summary>Accounts for a record that waited: it was completed.</summary>
    public void Settle(long number, in RecordResult outcome)
    {
        if (_letters.Remove(number))
        {
            counts.Add(outcome);
        }
        else if (number == _last)
        {
            _early = outcome;
        }
    }

    /// <summary>Accounts for a record that waited in vain.</summary>
    public void GiveUp(long number)
    {
        if (_letters.Remove(number, out DeadLetter? letter))
        {
            counts.Add(RecordResult.DeadLettered(letter.Source, letter.Reason));
            deadLetters.Write(letter);
        }
        else if (number == _last)
        {
            _early = RecordResult.DeadLettered(string.Empty, string.Empty);
        }
    }
}
