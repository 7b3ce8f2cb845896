using CipherWatch.Core.Telemetry.Formats;
using CipherWatch.Core.Telemetry.Framing;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Ingestion;

/// <summary>Reads the whole records of a buffer and accounts for each: the loop that every input goes through.</summary>
internal sealed class RecordReader(IngestionCounts counts, RecordContext context, IDeadLetterSink deadLetters)
{
    private readonly FieldSlots _slots = context.Slots();
    private RecordFramer _framer = new();
    private JsonLines _lines = new();
    private string _input = string.Empty;

    // Where the buffer stands in its input; lines are counted up to _counted within it, and only when someone asks.
    private long _offset;
    private long _line;
    private int _counted;

    /// <summary>Reads a dead letter's bytes again, and accounts for them. Without it a letter is a record of no known format.</summary>
    public Action<DeadLetter>? Replay { get; init; }

    /// <summary>The records that others hold.</summary>
    public SpreadRecords Spread { get; } = new(counts, context, deadLetters);

    /// <summary>Told of each record and where it stood: how tests show that every byte is accounted for.</summary>
    public RecordTrace? Trace { get; set; }

    /// <summary>Starts a new input: nothing of the one before carries over.</summary>
    public void Begin(string input)
    {
        _framer = new();
        _lines = new();
        context.BeginInput();
        _input = input;
        Spread.AsTheyCame = null;
        _line = 1;
        _offset = 0;
        _counted = 0;
    }

    /// <summary>Reads all whole records of a buffer; returns the bytes used.</summary>
    /// <param name="buffer">The bytes that follow those used before.</param>
    /// <param name="final">No more bytes will come: what is left is all there is, and all of it is used.</param>
    public int Drain(ReadOnlySpan<byte> buffer, bool final)
    {
        int used = 0;
        while (Next(buffer, used, final) is var consumed and > 0)
        {
            used += consumed;
        }

        return Pass(buffer, used);
    }

    /// <summary>
    /// Reads what can be told from a buffer that is as large as it may grow and holds no whole record: the pieces of a broken one.
    /// Returns the bytes used; 0 when all of it is one record.
    /// </summary>
    public int DrainFull(ReadOnlySpan<byte> buffer)
    {
        Frame frame = Peek(buffer);
        return frame.Kind == FrameKind.Broken && frame.Consumed < buffer.Length
            ? Pass(buffer, Consume(Other(frame, buffer), buffer, 0, frame))
            : 0;
    }

    /// <summary>
    /// Reads a packet capture: each flow is a record that is observed, and each packet that belongs to none is one that is
    /// skipped. What could not be read is a dead letter, with its bytes: the packets of a link type that is not read, and what
    /// stands behind a break.
    /// </summary>
    public void ReadCapture(Stream capture, CancellationToken cancellationToken) =>
        new CaptureDrain(counts, context, deadLetters, _input).Read(capture, cancellationToken);

    /// <summary>Accounts for bytes that are no record: a dead letter of its own, or a further part of the one before.</summary>
    public void Reject(ReadOnlySpan<byte> bytes, string reason, int part)
    {
        RecordResult result = RecordResult.DeadLettered(SourceNames.Unrecognised, reason);
        if (part == 0)
        {
            counts.Add(result);
        }

        Trace?.Invoke(result, _offset, bytes.Length);
        deadLetters.Write(new(new(_input, _line, _offset), result.Source, reason, part, Spread.Raw(bytes)));
        if (part == 0)
        {
            context.Receiver.RecordDone();
        }

        Pass(bytes, bytes.Length);
    }

    /// <summary>Reads the next piece; returns the bytes it uses up, 0 when there is none.</summary>
    private int Next(ReadOnlySpan<byte> buffer, int at, bool final)
    {
        ReadOnlySpan<byte> rest = buffer[at..];
        Frame frame = _framer.Next(rest, final);
        return frame.Kind switch
        {
            FrameKind.NeedMore or FrameKind.End => 0,
            FrameKind.Json => Json(buffer, at, final),
            FrameKind.Xml => Consume(RecordDispatcher.Xml(rest[..frame.Length], context), buffer, at, frame),
            FrameKind.Line when RecordDispatcher.Line(rest[..frame.Length], context) is { } result => Consume(result, buffer, at, frame),
            FrameKind.Broken or FrameKind.Empty => Consume(Other(frame, rest), buffer, at, frame),
            _ => frame.Consumed,
        };
    }

    private RecordResult Other(in Frame frame, ReadOnlySpan<byte> rest) => frame.Kind == FrameKind.Empty
        ? RecordResult.Skipped(SourceNames.Envelope)
        : context.OpenEntry?.Continue(rest.Slice(frame.Start, frame.Length))
            ?? RecordResult.DeadLettered(SourceNames.Unrecognised, frame.Reason!);

    /// <summary>Reads the JSON object that opens here; returns the bytes it uses up, 0 when its end is not in the buffer.</summary>
    private int Json(ReadOnlySpan<byte> buffer, int at, bool final)
    {
        JsonRecord record = JsonRecord.ScanRecord(buffer[at..], _slots, skips: context.Format is null);
        if (record.Status != JsonStatus.Complete)
        {
            Frame frame = _lines.Broken(buffer[at..], _offset + at, record.Status, record.End, final);
            return frame.Kind == FrameKind.NeedMore ? 0 : Consume(Other(frame, buffer[at..]), buffer, at, frame);
        }

        if (record[WrappedRecord.Records].Form == FieldForm.Array && _framer.TryEnter())
        {
            // An envelope with other fields before its records: go in, and read them one by one.
            return record[WrappedRecord.Records].Start + 1;
        }

        // The line feed behind it is taken along: it would be a piece of its own.
        int end = at + record.End;
        int consumed = end < buffer.Length && buffer[end] == (byte)'\n' ? record.End + 1 : record.End;
        if (Replay is not null && record.IsTold && DeadLetterRecord.Fits(record) && DeadLetterRecord.Read(record) is { } letter)
        {
            context.CloseEntry();
            Trace?.Invoke(RecordResult.Held(SourceNames.Envelope), _offset + at, record.End);
            Replay(letter);
            return consumed;
        }

        if (record.IsTold && Envelopes.Fits(record))
        {
            Spread.Place = new(_input, LineAt(buffer, at), _offset + at);
        }

        return Consume(RecordDispatcher.Json(record, context), buffer, at, new(FrameKind.Json, 0, record.End, consumed));
    }

    /// <summary>What a full buffer's first bytes are, were they all there is.</summary>
    private Frame Peek(ReadOnlySpan<byte> buffer)
    {
        Frame frame = _framer.Next(buffer, final: true);
        if (frame.Kind != FrameKind.Json)
        {
            return frame;
        }

        JsonRecord record = JsonRecord.ScanRecord(buffer, _slots, skips: false);
        return _lines.Broken(buffer, _offset, record.Status, record.End, final: true);
    }

    private int Consume(in RecordResult result, ReadOnlySpan<byte> buffer, int at, in Frame frame)
    {
        counts.Add(result);
        Trace?.Invoke(result, _offset + at, frame.Length);
        if (SpreadRecords.Are(result))
        {
            return frame.Consumed;
        }

        if (result.Reason is not null)
        {
            RecordOrigin origin = new(_input, LineAt(buffer, at), _offset + at);
            Spread.Write(result, origin, buffer.Slice(at, frame.Length));
        }

        context.Receiver.RecordDone();
        return frame.Consumed;
    }

    private long LineAt(ReadOnlySpan<byte> buffer, int at)
    {
        _line += buffer[_counted..at].Count((byte)'\n');
        _counted = at;
        return _line;
    }

    private int Pass(ReadOnlySpan<byte> buffer, int used)
    {
        LineAt(buffer, used);
        _counted = 0;
        _offset += used;
        return used;
    }
}
