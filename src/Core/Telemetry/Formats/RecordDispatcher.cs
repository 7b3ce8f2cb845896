using System.Numerics;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Formats;

/// <summary>Finds the format of one record from its content and hands it to that format's normaliser.</summary>
internal static class RecordDispatcher
{
    private const string NoFormat = "No known telemetry format fits this record.";

    /// <summary>Reads a JSON object by its top-level fields.</summary>
    public static RecordResult Json(in JsonRecord record, RecordContext context)
    {
        for (ulong rows = record.Rows; rows != 0; rows &= rows - 1)
        {
            JsonFormat format = FormatTable.Json[BitOperations.TrailingZeroCount(rows)];
            if ((record.IsTold || !format.IsTold) && format.IsOpenTo(context.Format) && format.Fits(record))
            {
                context.CloseEntry();
                return format.Normalize(record, context);
            }
        }

        if (WrappedRecord.Anywhere(record, context) is { } nested)
        {
            context.CloseEntry();
            return nested;
        }

        // A message of several lines may hold what looks like a record.
        return context.OpenEntry?.Continue(record.Text) ?? Unrecognised(context);
    }

    /// <summary>Reads a record of any kind that another holds.</summary>
    public static RecordResult Inside(ReadOnlySpan<byte> record, RecordContext context)
    {
        record = record.Trim(" \t\r\n"u8);
        if (record.IsEmpty)
        {
            return RecordResult.DeadLettered(SourceNames.Unrecognised, NoFormat);
        }

        if (record[0] == (byte)'{')
        {
            JsonRecord inner = JsonRecord.ScanRecord(record, context.Slots(), skips: context.Format is null);
            return inner.Status == JsonStatus.Complete ? Json(inner, context)
                : RecordResult.DeadLettered(SourceNames.Unrecognised, "The JSON inside this record is not whole.");
        }

        return record[0] == (byte)'<' && WrappedEvent.At(record) >= 0 ? WrappedEvent.Read(record[WrappedEvent.At(record)..], context)
            : Line(record, context) ?? RecordResult.Skipped(SourceNames.Envelope);
    }

    /// <summary>Reads one XML event.</summary>
    public static RecordResult Xml(ReadOnlySpan<byte> record, RecordContext context) =>
        FormatTable.Xml.IsOpenTo(context.Format) ? FormatTable.Xml.Normalize(record, context) : Unrecognised(context);

    /// <summary>Reads one line of text; null when the line is no record but a header.</summary>
    public static RecordResult? Line(ReadOnlySpan<byte> line, RecordContext context)
    {
        // Server-sent events, as journald's gateway and "journalctl -o json-sse" write them.
        if (line[0] == (byte)'d' && line.StartsWith("data: {"u8) && context.Inner(line["data: "u8.Length..], context) is { } sent)
        {
            context.CloseEntry();
            return sent;
        }

        for (int left = LineChoice.For(line); left != 0; left &= left - 1)
        {
            LineFormat format = FormatTable.Lines[BitOperations.TrailingZeroCount(left)];
            if (!format.IsOpenTo(context.Format))
            {
                continue;
            }

            foreach (LineHeader header in format.Headers)
            {
                if (header.First == line[0] && header.Takes(line, context))
                {
                    return null;
                }
            }

            if (format.TryNormalize(line, context, out RecordResult result))
            {
                if (!format.OpensEntries)
                {
                    context.CloseEntry();
                }

                return result;
            }
        }

        return context.OpenEntry?.Continue(line) ?? Unrecognised(context);
    }

    private static RecordResult Unrecognised(RecordContext context) => RecordResult.DeadLettered(
        SourceNames.Unrecognised, context.Format is { } asked ? FormatNames.NotOf(asked) : NoFormat);
}
