using System.Numerics;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Formats;

/// <summary>
/// A record that carries one of another format in a field: XML or JSON in a string, as syslog rows, log forwarders and message
/// queues do, or an object, as search engines' exports and HTTP collectors do.
/// </summary>
internal static class WrappedRecord
{
    /// <summary>How deep records are looked for in records. Forwarders behind forwarders wrap twice or thrice.</summary>
    public const int MaxDepth = 4;

    /// <summary>Bytes of a field in which a record is looked for: of an escaped one, twice what they stand for.</summary>
    private const int MaxHeadBytes = 2 * WrappedEvent.MaxPrefixBytes;

    public static readonly TopLevelFields TopLevel = new()
    {
        Lists = ["records"],
        Messages = ["SyslogMessage", "message", "Message", "MESSAGE", "log", "msg", "raw", "RawData", "body", "_raw"],
    };

    /// <summary>The array of records of an envelope, which are read one by one.</summary>
    public static readonly int Records = TopLevel.At("records");

    private static readonly int[] Carriers = TopLevel.At(
    [
        "SyslogMessage", "System", "message", "Message", "MESSAGE", "log", "msg", "raw", "RawData", "body", "event", "data",
        "_source", "properties", "_raw", "result", "fields", "original",
    ]);

    /// <summary>Some field holds what opens like a record.</summary>
    public static bool Fits(in JsonRecord record) => Carrier(record) >= 0;

    /// <summary>Reads the record inside.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        FieldSpan carried = record[Carrier(record)];
        if (context.Depth >= MaxDepth)
        {
            return RecordResult.DeadLettered(SourceNames.Unrecognised, "Records are nested in one another too deep.");
        }

        context.Depth++;
        using UnescapedText text = new(record.Text, carried);
        int start = carried.IsText ? Opening(text.Bytes) : 0;
        RecordResult result = text.Bytes[start] == (byte)'<'
            ? WrappedEvent.Read(text.Bytes[start..], context)
            : Json(text.Bytes[start..], context);
        context.Depth--;
        return ReferenceEquals(result.Source, SourceNames.Unrecognised) && Anywhere(record, context) is { } elsewhere ? elsewhere : result;
    }

    /// <summary>
    /// Reads the first record of a known format among the objects that a record holds, whatever they are called; null where there is
    /// none.
    /// </summary>
    public static RecordResult? Anywhere(in JsonRecord record, RecordContext context)
    {
        if (context.Depth >= MaxDepth)
        {
            return null;
        }

        RecordResult? result = null;
        context.Depth++;
        JsonScanner fields = new(record.Text, record.Text.IndexOf((byte)'{'));
        while (result is null or { Outcome: RecordOutcome.DeadLettered } && fields.Next(out _, out FieldSpan value))
        {
            if (value.Form != FieldForm.Object)
            {
                continue;
            }

            JsonRecord inner = JsonRecord.ScanRecord(value.Of(record.Text), context.Slots(), skips: false);
            if (inner.Status == JsonStatus.Complete)
            {
                // One that is broken is the answer where no other can be read.
                RecordResult? found = Known(inner, context) ?? Carried(inner, context) ?? Anywhere(inner, context);
                result = found is null or { Outcome: RecordOutcome.DeadLettered } ? result ?? found : found;
            }
        }

        context.Depth--;
        return result;
    }

    /// <summary>Reads the record in a text of an object; null where there is none that can be read.</summary>
    private static RecordResult? Carried(in JsonRecord record, RecordContext context)
    {
        int carrier = Carrier(record);
        return carrier >= 0 && record[carrier].IsText && Normalize(record, context) is { Outcome: not RecordOutcome.DeadLettered } result
            ? result : null;
    }

    private static RecordResult? Known(in JsonRecord record, RecordContext context)
    {
        for (ulong rows = record.Rows; rows != 0; rows &= rows - 1)
        {
            JsonFormat format = FormatTable.Json[BitOperations.TrailingZeroCount(rows)];
            bool isOwn = !format.IsImplied || ReferenceEquals(format.TopLevel, Spelling.RespelledRecord.TopLevel);
            if (isOwn && format.IsOpenTo(context.Format) && format.Fits(record))
            {
                return format.Normalize(record, context);
            }
        }

        return null;
    }

    /// <summary>Reads the record that a text holds; null where it holds none that is whole.</summary>
    public static RecordResult? Inside(ReadOnlySpan<byte> text, RecordContext context)
    {
        if (text.IsEmpty || context.Depth >= MaxDepth)
        {
            return null;
        }

        if (text[0] != (byte)'{')
        {
            return WrappedEvent.At(text) is >= 0 and var at ? WrappedEvent.Read(text[at..], context) : null;
        }

        context.Depth++;
        JsonRecord inner = JsonRecord.ScanRecord(text, context.Slots(), skips: false);
        RecordResult? result = inner.Status == JsonStatus.Complete ? RecordDispatcher.Json(inner, context) : null;
        context.Depth--;
        return result;
    }

    private static RecordResult Json(ReadOnlySpan<byte> text, RecordContext context)
    {
        JsonRecord inner = JsonRecord.ScanRecord(text, context.Slots(), skips: true);
        return inner.Status == JsonStatus.Complete
            ? RecordDispatcher.Json(inner, context)
            : RecordResult.DeadLettered(SourceNames.Unrecognised, "The JSON inside this record is not whole.");
    }

    private static int Carrier(in JsonRecord record)
    {
        foreach (int field in Carriers)
        {
            FieldSpan span = record[field];
            if (span.Form == FieldForm.Object || (span.IsText && span.Length > 1 && Opens(record.Text, span)))
            {
                return field;
            }
        }

        return -1;
    }

    private static bool Opens(ReadOnlySpan<byte> text, FieldSpan field)
    {
        ReadOnlySpan<byte> head = field.Of(text)[..Math.Min(field.Length, MaxHeadBytes)];
        int first = head.IndexOfAnyExcept((byte)' ');
        if (first >= 0 && head[first] == (byte)'{')
        {
            return true;
        }

        // Its bracket may be escaped, its name is not.
        if (head.IndexOf("Event"u8) < 0 && !head.StartsWith("\\"u8))
        {
            return false;
        }

        Span<byte> plain = stackalloc byte[MaxHeadBytes];
        int length = FieldText.Unescape(field.Form, head, plain);
        return Opening(plain[..length]) >= 0;
    }

    private static int Opening(ReadOnlySpan<byte> text)
    {
        int first = text.IndexOfAnyExcept(" \t\r\n"u8);
        return first >= 0 && text[first] == (byte)'{' ? first : WrappedEvent.At(text);
    }
}
