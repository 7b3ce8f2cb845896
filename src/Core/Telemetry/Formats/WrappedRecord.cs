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
    private const int MaxDepth = 4;

    /// <summary>Bytes of a field in which a record is looked for: of an escaped one, twice what they stand for.</summary>
    private const int MaxHeadBytes = 2 * WrappedEvent.MaxPrefixBytes;

    public static readonly TopLevelFields TopLevel = new();

    /// <summary>The array of records of an envelope, which are read one by one.</summary>
    public static readonly int Records = TopLevel.At("records");

    private static readonly int[] Carriers = TopLevel.At(
    [
        "SyslogMessage", "System", "message", "Message", "MESSAGE", "log", "msg", "raw", "RawData", "body", "event", "data",
        "_source", "properties", "_raw", "result",
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
        return result;
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
