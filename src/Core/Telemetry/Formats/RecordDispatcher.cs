using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Network.Zeek;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Windows;

namespace CipherWatch.Core.Telemetry.Formats;

/// <summary>Finds the format of one record from its content and hands it to that format's normaliser.</summary>
internal static class RecordDispatcher
{
    private const string NoFormat = "No known telemetry format fits this record.";

    /// <summary>Reads a JSON object by its top-level fields.</summary>
    public static RecordResult Json(in JsonRecord record, RecordContext context)
    {
        foreach (JsonFormat format in JsonFormats.All)
        {
            if ((context.Format is null || format.Name == context.Format || format.Name == JsonFormats.Wrapped) && format.Fits(record))
            {
                return format.Normalize(record, context);
            }
        }

        return Unrecognised(context);
    }

    /// <summary>Reads one XML event.</summary>
    public static RecordResult Xml(ReadOnlySpan<byte> record, RecordContext context) =>
        context.Format is null or FormatNames.EventXml ? SysmonXml.Normalize(record, context) : Unrecognised(context);

    /// <summary>
    /// Reads the XML event that a text holds. Syslog cuts long ones, mostly in a command line at their end: what came before is
    /// whole, and a value without its closing tag is not taken.
    /// </summary>
    public static RecordResult XmlWithin(ReadOnlySpan<byte> text, RecordContext context)
    {
        RecordResult result = Xml(text, context);
        return result.Outcome == RecordOutcome.DeadLettered && text.IndexOf("</Event>"u8) < 0
            ? result with { Reason = Framing.XmlFrames.Cut }
            : result;
    }

    /// <summary>Reads one line of text; null when the line is no record but a header.</summary>
    public static RecordResult? Line(ReadOnlySpan<byte> line, RecordContext context)
    {
        if (context.Format is not (null or FormatNames.Zeek))
        {
            return Text(line, context);
        }

        if (line[0] == (byte)'#' && ZeekTsv.TryHeader(line, context))
        {
            return null;
        }

        return ZeekTsv.TryNormalize(line, context, out RecordResult result)
            ? result
            : Text(line, context);
    }

    /// <summary>Reads a line that no format of whole lines claims: one that carries a record behind a header, or a title of one.</summary>
    private static RecordResult? Text(ReadOnlySpan<byte> line, RecordContext context)
    {
        if (WrappedRecord.EventAt(line) is >= 0 and var at)
        {
            return XmlWithin(line[at..], context);
        }

        // Dumpers of EVTX files put "Record 12" before each event.
        return line.StartsWith("Record "u8) && line.Length > 7 && line[7..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
            ? null
            : Unrecognised(context);
    }

    private static RecordResult Unrecognised(RecordContext context) => RecordResult.DeadLettered(
        SourceNames.Unrecognised, context.Format is { } asked ? FormatNames.NotOf(asked) : NoFormat);
}
