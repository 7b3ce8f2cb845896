using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Pipeline.Reporting;

/// <summary>Records of one source that could not be judged for one reason.</summary>
/// <param name="Source">The format they were read as.</param>
/// <param name="Reason">Why they could not be used.</param>
/// <param name="Count">How many records.</param>
/// <param name="First">Where the first of them stands.</param>
public sealed record UnreadReason(string Source, string Reason, long Count, RecordOrigin First);

/// <summary>
/// Counts by reason what could not be judged, of all inputs and of the one being read: dead letters, and packets that could not be read.
/// Hands dead letters on where they are kept.
/// </summary>
/// <param name="next">Keeps dead letters; null to count them only.</param>
public sealed class UnreadTally(IDeadLetterSink? next) : IDeadLetterSink
{
    /// <summary>Different reasons that are counted apart; some name a place, and of those there are as many as places.</summary>
    private const int MaxReasons = 500;

    private const string Others = "other reasons";

    private readonly Dictionary<(string Source, string Reason), (long Count, RecordOrigin First)> _all = [];
    private readonly Dictionary<(string Source, string Reason), (long Count, RecordOrigin First)> _input = [];

    /// <summary>Whether they are kept anywhere.</summary>
    public bool AreKept => next is not null;

    /// <summary>The reasons, the most frequent first.</summary>
    public IReadOnlyList<UnreadReason> Reasons => Ordered(_all);

    /// <summary>Those of the input being read, or read last.</summary>
    public IReadOnlyList<UnreadReason> ReasonsOfInput => Ordered(_input);

    /// <summary>Another input begins.</summary>
    public void BeginInput() => _input.Clear();

    /// <inheritdoc/>
    public void Write(DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (letter.Part == 0)
        {
            Add(letter.Source, letter.Reason, 1, letter.Origin);
        }

        next?.Write(letter);
    }

    /// <inheritdoc/>
    public void Unread(string input, string reason, long count)
    {
        Add(SourceNames.Capture, reason, count, new(input, 0, 0));
        next?.Unread(input, reason, count);
    }

    private void Add(string source, string reason, long count, RecordOrigin origin)
    {
        Add(_all, source, reason, count, origin);
        Add(_input, source, reason, count, origin);
    }

    private static void Add(
        Dictionary<(string Source, string Reason), (long Count, RecordOrigin First)> reasons,
        string source, string reason, long count, RecordOrigin origin)
    {
        (string Source, string Reason) key = reasons.Count < MaxReasons || reasons.ContainsKey((source, reason))
            ? (source, reason)
            : (source, Others);
        reasons[key] = reasons.TryGetValue(key, out (long Count, RecordOrigin First) known)
            ? (known.Count + count, known.First)
            : (count, origin);
    }

    private static IReadOnlyList<UnreadReason> Ordered(
        Dictionary<(string Source, string Reason), (long Count, RecordOrigin First)> reasons) =>
    [
        .. reasons
            .Select(reason => new UnreadReason(reason.Key.Source, reason.Key.Reason, reason.Value.Count, reason.Value.First))
            .OrderByDescending(reason => reason.Count)
            .ThenBy(reason => reason.Source, StringComparer.Ordinal)
            .ThenBy(reason => reason.Reason, StringComparer.Ordinal),
    ];
}
