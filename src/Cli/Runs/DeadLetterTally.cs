using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Cli.Runs;

/// <summary>Dead letters of one source and reason.</summary>
/// <param name="Source">The format they were read as.</param>
/// <param name="Reason">Why they could not be used.</param>
/// <param name="Count">How many records.</param>
/// <param name="First">Where the first of them stands.</param>
internal sealed record DeadLetterReason(string Source, string Reason, long Count, RecordOrigin First);

/// <summary>Counts dead letters by reason for people, and hands them on to a file where there is one.</summary>
internal sealed class DeadLetterTally(IDeadLetterSink? next) : IDeadLetterSink
{
    private readonly Dictionary<(string Source, string Reason), (long Count, RecordOrigin First)> _reasons = [];

    /// <summary>Whether they are kept anywhere.</summary>
    public bool AreKept => next is not null;

    /// <summary>The reasons, the most frequent first.</summary>
    public IReadOnlyList<DeadLetterReason> Reasons =>
    [
        .. _reasons
            .Select(reason => new DeadLetterReason(reason.Key.Source, reason.Key.Reason, reason.Value.Count, reason.Value.First))
            .OrderByDescending(reason => reason.Count)
            .ThenBy(reason => reason.Source, StringComparer.Ordinal)
            .ThenBy(reason => reason.Reason, StringComparer.Ordinal),
    ];

    /// <inheritdoc/>
    public void Write(DeadLetter letter)
    {
        if (letter.Part == 0)
        {
            (string Source, string Reason) key = (letter.Source, letter.Reason);
            _reasons[key] = _reasons.TryGetValue(key, out (long Count, RecordOrigin First) known)
                ? (known.Count + 1, known.First)
                : (1, letter.Origin);
        }

        next?.Write(letter);
    }
}
