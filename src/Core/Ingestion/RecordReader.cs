using CipherWatch.Core.Telemetry;
using CipherWatch.Core.Telemetry.Framing;
using CipherWatch.Core.Telemetry.Json;

namespace CipherWatch.Core.Ingestion;

/// <summary>Reads the whole records of a buffer and accounts for each: the loop that every input goes through.</summary>
internal sealed class RecordReader(IngestionCounts counts, RecordContext context, IDeadLetterSink deadLetters)
{
    private readonly FieldSpan[] _fields = new FieldSpan[TopLevel.Names.Count];
    private RecordFramer _framer = new();
    private string _input = string.Empty;
    private long _line;
    private long _offset;

    /// <summary>Starts a new input: nothing of the one before carries over.</summary>
    public void Begin(string input)
    {
        _framer = new();
        context.ZeekHeader = null;
        _input = input;
        _line = 1;
        _offset = 0;
    }

    /// <summary>Reads all whole records of a buffer; returns the bytes used.</summary>
    /// <param name="buffer">The bytes that follow those used before.</param>
    /// <param name="final">No more bytes will come: what is left is all there is.</param>
    public int Drain(ReadOnlySpan<byte> buffer, bool final)
    {
        int used = 0;
        if (_offset == 0 && buffer.StartsWith("\uFEFF"u8))
        {
            Advance(buffer, ref used, 3);
        }

        while (true)
        {
            ReadOnlySpan<byte> rest = buffer[used..];
            Frame frame = _framer.Next(rest, final);
            if (frame.Kind is FrameKind.NeedMore or FrameKind.End)
            {
                return used;
            }

            int consumed = frame.Consumed;
            if (frame.Kind == FrameKind.Json)
            {
                if (!TryJson(rest, frame, final, out consumed))
                {
                    return used;
                }
            }
            else
            {
                Other(rest, frame);
            }

            Advance(buffer, ref used, consumed);
        }
    }

    /// <summary>Accounts for bytes that are no record: a dead letter of its own, or a further part of the one before.</summary>
    public void Reject(ReadOnlySpan<byte> bytes, string reason, int part)
    {
        RecordResult result = RecordResult.DeadLettered(SourceNames.Unrecognised, reason);
        if (part == 0)
        {
            counts.Add(result);
            context.Receiver.RecordDone();
        }

        deadLetters.Write(new(new(_input, _line, _offset), result.Source, reason, part, bytes.ToArray()));
        int used = 0;
        Advance(bytes, ref used, bytes.Length);
    }

    private void Other(ReadOnlySpan<byte> rest, Frame frame)
    {
        ReadOnlySpan<byte> text = rest.Slice(frame.Start, frame.Length);
        switch (frame.Kind)
        {
            case FrameKind.Xml:
                Account(RecordDispatcher.Xml(text, context), rest, frame.Start, frame.Length);
                break;
            case FrameKind.Line when RecordDispatcher.Line(text, context) is { } result:
                Account(result, rest, frame.Start, frame.Length);
                break;
            case FrameKind.Broken:
                Account(RecordResult.DeadLettered(SourceNames.Unrecognised, frame.Reason!), rest, frame.Start, frame.Length);
                break;
        }
    }

    /// <summary>Reads the JSON object of a frame; false when more bytes are needed to know where it ends.</summary>
    private bool TryJson(ReadOnlySpan<byte> rest, Frame frame, bool final, out int consumed)
    {
        consumed = frame.Consumed;
        ReadOnlySpan<byte> text = rest.Slice(frame.Start, frame.Length);
        JsonRecord record = JsonRecord.Scan(text, 0, TopLevel.Names, _fields);
        if (record.Status == JsonStatus.Incomplete)
        {
            frame = RecordFramer.Extend(rest, frame.Start, final);
            consumed = frame.Consumed;
            switch (frame.Kind)
            {
                case FrameKind.NeedMore:
                    return false;
                case FrameKind.Broken:
                    Other(rest, frame);
                    return true;
            }

            text = rest.Slice(frame.Start, frame.Length);
            record = JsonRecord.Scan(text, 0, TopLevel.Names, _fields);
        }

        if (record.Status != JsonStatus.Complete)
        {
            const string NotJson = "Not valid JSON.";
            Account(RecordResult.DeadLettered(SourceNames.Unrecognised, NotJson), rest, frame.Start, frame.Length);
            return true;
        }

        // What follows the object on its line is the next record.
        consumed = record.End < text.Length ? frame.Start + record.End : consumed;
        Records(record, rest, frame.Start);
        return true;
    }

    /// <summary>Reads a record, or each record of the envelope that it is.</summary>
    private void Records(in JsonRecord record, ReadOnlySpan<byte> rest, int start)
    {
        if (record[TopLevel.Records].Form != FieldForm.Array)
        {
            Account(RecordDispatcher.Json(record, context), rest, start, record.End);
            return;
        }

        ReadOnlySpan<byte> envelope = record.Text;
        JsonScanner elements = JsonScanner.OverArray(envelope, record[TopLevel.Records].Start);
        while (elements.NextElement(out FieldSpan element))
        {
            ReadOnlySpan<byte> text = element.Of(envelope);
            RecordResult result = RecordResult.DeadLettered(SourceNames.Unrecognised, "An element of 'records' is not a JSON object.");
            if (element.Form == FieldForm.Object)
            {
                JsonRecord inner = JsonRecord.Scan(text, 0, TopLevel.Names, _fields);
                result = inner.Status == JsonStatus.Complete ? RecordDispatcher.Json(inner, context)
                    : RecordResult.DeadLettered(SourceNames.Unrecognised, "An element of 'records' is not valid JSON.");
            }

            Account(result, rest, start + element.Start, element.Length);
        }
    }

    private void Account(in RecordResult result, ReadOnlySpan<byte> buffer, int start, int length)
    {
        counts.Add(result);
        if (result.Outcome == RecordOutcome.DeadLettered)
        {
            RecordOrigin origin = new(_input, _line + buffer[..start].Count((byte)'\n'), _offset + start);
            deadLetters.Write(new(origin, result.Source, result.Reason!, 0, buffer.Slice(start, length).ToArray()));
        }

        context.Receiver.RecordDone();
    }

    private void Advance(ReadOnlySpan<byte> buffer, ref int used, int count)
    {
        _line += buffer.Slice(used, count).Count((byte)'\n');
        _offset += count;
        used += count;
    }
}
