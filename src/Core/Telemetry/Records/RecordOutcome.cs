using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Telemetry.Records;

/// <summary>What became of one input record. Every record has exactly one outcome.</summary>
public enum RecordOutcome
{
    /// <summary>It yielded one or more observations.</summary>
    Observed,

    /// <summary>It is of a kind that says nothing of encrypted channels: read, and left out by design.</summary>
    Skipped,

    /// <summary>It is broken, or fits no format: kept whole, with the reason.</summary>
    DeadLettered,

    /// <summary>
    /// It waits for the other records of its event, and is counted with them: by the end of the run it is observed or skipped.
    /// </summary>
    Held,
}

/// <summary>The outcome of one record, the source it came from, and the reason where it is a dead letter.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Source">One of <see cref="SourceNames"/>.</param>
/// <param name="Reason">Why it is a dead letter, for a person; null otherwise.</param>
public readonly record struct RecordResult(RecordOutcome Outcome, string Source, string? Reason = null)
{
    /// <summary>The record yielded observations.</summary>
    public static RecordResult Observed(string source) => new(RecordOutcome.Observed, source);

    /// <summary>The record is irrelevant by design.</summary>
    public static RecordResult Skipped(string source) => new(RecordOutcome.Skipped, source);

    /// <summary>The record waits for others, and will be accounted for with them.</summary>
    public static RecordResult Held(string source) => new(RecordOutcome.Held, source);

    /// <summary>The record was cut short and waits for the one that completes it: a dead letter of this reason if none comes.</summary>
    public static RecordResult Pending(string source, string reason) => new(RecordOutcome.Held, source, reason);

    /// <summary>Whether the record waits for the one that completes it (<see cref="Pending"/>).</summary>
    public bool IsPending => Outcome == RecordOutcome.Held && Reason is not null;

    /// <summary>The record cannot be used.</summary>
    public static RecordResult DeadLettered(string source, string reason) => new(RecordOutcome.DeadLettered, source, reason);
}

/// <summary>Where a record stands in its input.</summary>
/// <param name="Input">File, hub and partition, or request it came in.</param>
/// <param name="Line">One-based line the record starts on; 0 where lines mean nothing.</param>
/// <param name="Offset">Offset of the record's first byte within the input, after decompression.</param>
public readonly record struct RecordOrigin(string Input, long Line, long Offset);

/// <summary>A record that could not be used: kept whole, so that it can be replayed once its reason is mended.</summary>
/// <param name="Origin">Where it stood.</param>
/// <param name="Source">The format it was read as, or <c>unrecognised</c>.</param>
/// <param name="Reason">Why it could not be used.</param>
/// <param name="Part">Zero-based part, for a record too long to be held at once; its parts follow one another.</param>
/// <param name="Raw">Its bytes, as they came.</param>
public sealed record DeadLetter(RecordOrigin Origin, string Source, string Reason, int Part, ReadOnlyMemory<byte> Raw);

/// <summary>Told what became of the bytes at a place of the input.</summary>
/// <param name="result">What became of them.</param>
/// <param name="offset">Offset of the first of them within the input.</param>
/// <param name="length">How many there are.</param>
internal delegate void RecordTrace(in RecordResult result, long offset, int length);
