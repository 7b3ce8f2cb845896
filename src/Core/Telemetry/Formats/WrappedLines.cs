using System.Numerics;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Formats;

/// <summary>
/// A record that carries lines of a text format in a field, as log forwarders and message queues do with what they cannot parse.
/// </summary>
internal static class WrappedLines
{
    /// <summary>The fields it reads or is told by.</summary>
    public static readonly TopLevelFields TopLevel = new();

    private static readonly int[] Carriers =
    [
        .. new[] { "SyslogMessage", "message", "Message", "MESSAGE", "log", "msg", "raw", "RawData", "body", "event", "data", "_raw",
            "original" }
            .Select(TopLevel.At),
    ];

    /// <summary>Where forwarders name the host that the text is of: Filebeat and Winlogbeat in an object, others as text.</summary>
    private static readonly int[] Hosts =
        [.. new[] { "host", "hostname", "Hostname", "HostName", "Computer", "_HOSTNAME" }.Select(TopLevel.At)];

    private static readonly FieldNames NamesInHost = new("name", "hostname");

    /// <summary>Some field holds a line of a known format.</summary>
    public static bool Fits(in JsonRecord record) => Carrier(record) >= 0;

    /// <summary>Reads the lines inside. One outcome stands for all: a line that cannot be read keeps the record.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        using UnescapedText text = new(record.Text, record[Carrier(record)]);
        using UnescapedText host = new(record.Text, Host(record));
        context.BeginCarrier(host.Bytes);
        RecordResult result = Lines(text.Bytes, context);
        context.EndCarrier();
        return result;
    }

    private static RecordResult Lines(ReadOnlySpan<byte> text, RecordContext context)
    {
        RecordResult whole = default;
        bool any = false;
        foreach (Range place in text.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text[place].Trim(" \t\r"u8);
            if (line.IsEmpty || RecordDispatcher.Line(line, context) is not { } result)
            {
                continue;
            }

            bool prevails = result.Outcome == RecordOutcome.DeadLettered || whole.Outcome == RecordOutcome.Skipped;
            whole = !any || (whole.Outcome != RecordOutcome.DeadLettered && prevails) ? result : whole;
            any = true;
        }

        return any ? whole : RecordResult.DeadLettered(SourceNames.Unrecognised, "The text inside this record is empty.");
    }

    private static FieldSpan Host(in JsonRecord record)
    {
        Span<FieldSpan> names = stackalloc FieldSpan[NamesInHost.Count];
        foreach (int field in Hosts)
        {
            FieldSpan host = record[field];
            if (host.IsText && host.Length > 0)
            {
                return host;
            }

            if (host.Form == FieldForm.Object)
            {
                JsonRecord named = record.Nested(field, NamesInHost, names);
                host = named[0].IsText && named[0].Length > 0 ? named[0] : named[1];
                return host.IsText ? host : default;
            }
        }

        return default;
    }

    private static int Carrier(in JsonRecord record)
    {
        foreach (int field in Carriers)
        {
            FieldSpan span = record[field];
            if (span.IsText && span.Length > 0 && Holds(record.Text, span))
            {
                return field;
            }
        }

        return -1;
    }

    private static bool IsLine(ReadOnlySpan<byte> line)
    {
        for (int left = LineChoice.For(line); left != 0; left &= left - 1)
        {
            LineFormat format = FormatTable.Lines[BitOperations.TrailingZeroCount(left)];
            if (!format.IsImplied && !format.HasRowForRecords && format.Fits?.Invoke(line) == true)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Holds(ReadOnlySpan<byte> record, FieldSpan field)
    {
        // A record in JSON is no line of any format: told before its escapes are undone.
        if (field.Of(record)[0] == (byte)'{')
        {
            return false;
        }

        using UnescapedText text = new(record, field);
        ReadOnlySpan<byte> lines = text.Bytes.TrimStart(" \t\r\n"u8);
        int end = lines.IndexOf((byte)'\n');
        ReadOnlySpan<byte> first = (end < 0 ? lines : lines[..end]).TrimEnd(" \t\r"u8);
        return !first.IsEmpty && IsLine(first);
    }
}
