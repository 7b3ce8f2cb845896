using CipherWatch.Core.Telemetry.Formats;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Windows.Evtx;

namespace CipherWatch.Core.Ingestion;

/// <summary>Reads binary Windows event logs (.evtx), and accounts for what becomes of each record.</summary>
internal sealed class EventLogDrain
{
    private readonly IngestionCounts _counts;
    private readonly RecordContext _context;
    private readonly IDeadLetterSink _deadLetters;
    private readonly EventLogReader _reader;
    private string _input = string.Empty;
    private long _offset;

    /// <summary>A drain that has seen no input.</summary>
    public EventLogDrain(IngestionCounts counts, RecordContext context, IDeadLetterSink deadLetters)
    {
        (_counts, _context, _deadLetters) = (counts, context, deadLetters);
        _reader = new(context, Account);
    }

    /// <summary>As <see cref="RecordReader.Trace"/>, and told of headers and free space too: so no byte is missing.</summary>
    public RecordTrace? Trace { get; set; }

    /// <summary>Whether an input is such a log, and no other format was asked for.</summary>
    public bool Reads(ReadOnlySpan<byte> head) =>
        (_context.Format is null || _context.Format == FormatTable.EventLogs.Name) && FormatTable.EventLogs.Opens(head);

    /// <summary>Starts a new input.</summary>
    /// <param name="input">What to call it in dead letters.</param>
    public void Begin(string input)
    {
        (_input, _offset) = (input, 0);
        _reader.Begin();
    }

    /// <summary>Reads all whole chunks of a buffer; returns the bytes used.</summary>
    /// <param name="buffer">The bytes that follow those used before.</param>
    /// <param name="final">No more bytes will come: all of it is used.</param>
    public int Drain(ReadOnlySpan<byte> buffer, bool final)
    {
        int used = 0;
        while (_reader.Read(buffer[used..], final) is var length and > 0)
        {
            used += length;
        }

        return used;
    }

    private void Account(in RecordResult? result, ReadOnlySpan<byte> bytes)
    {
        Trace?.Invoke(result ?? RecordResult.Skipped(SourceNames.WindowsEvent), _offset, bytes.Length);
        if (result is { } record)
        {
            _counts.Add(record);
            if (record.Outcome == RecordOutcome.DeadLettered)
            {
                _deadLetters.Write(new(new(_input, 0, _offset), record.Source, record.Reason!, 0, bytes.ToArray()));
            }

            _context.Receiver.RecordDone();
        }

        _offset += bytes.Length;
    }
}
