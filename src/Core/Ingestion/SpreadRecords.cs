using CipherWatch.Core.Telemetry.Formats;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Ingestion;

/// <summary>Accounts for records that one around them holds, each by itself.</summary>
internal sealed class SpreadRecords(IngestionCounts counts, RecordContext context, IDeadLetterSink deadLetters)
{
    /// <summary>Where the record around them stands.</summary>
    public RecordOrigin Place { get; set; }

    /// <summary>Makes the bytes of a dead letter what they were before they were made UTF-8; null where they came as UTF-8.</summary>
    public Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? AsTheyCame { get; set; }

    /// <summary>Whether a record's own records have been accounted for, one by one.</summary>
    public static bool Are(in RecordResult result) =>
        result.Outcome == RecordOutcome.Held && ReferenceEquals(result.Source, SourceNames.Envelope);

    /// <summary>Reads one, and accounts for it.</summary>
    public void Take(ReadOnlySpan<byte> record)
    {
        context.Depth++;
        RecordResult result = RecordDispatcher.Inside(record, context);
        context.Depth--;
        if (Are(result))
        {
            return;
        }

        counts.Add(result);
        if (result.Reason is not null)
        {
            Write(result, Place, record);
        }

        context.Receiver.RecordDone();
    }

    /// <summary>Writes the dead letter of a record, or keeps it while the record waits for what completes it.</summary>
    public void Write(in RecordResult result, RecordOrigin origin, ReadOnlySpan<byte> record)
    {
        DeadLetter letter = new(origin, result.Source, result.Reason!, 0, Raw(record));
        if (result.IsPending)
        {
            context.Pending!.Keep(letter);
        }
        else
        {
            deadLetters.Write(letter);
        }
    }

    /// <summary>The bytes of a dead letter, as they came.</summary>
    public ReadOnlyMemory<byte> Raw(ReadOnlySpan<byte> bytes)
    {
        byte[] raw = bytes.ToArray();
        return AsTheyCame is { } original ? original(raw) : raw;
    }
}
