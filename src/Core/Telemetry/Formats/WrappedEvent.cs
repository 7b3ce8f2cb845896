using CipherWatch.Core.Telemetry.Framing;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Formats;

/// <summary>A Windows event as XML in a text: behind a header of syslog's in a line, or in a field of a record.</summary>
internal static class WrappedEvent
{
    /// <summary>How far into a text the event may start, bytes: behind a syslog header.</summary>
    public const int MaxPrefixBytes = 256;

    /// <summary>Whether an event opens in a line of text.</summary>
    public static bool Fits(ReadOnlySpan<byte> line) => At(line) >= 0;

    /// <summary>Reads the event in a line of text.</summary>
    public static RecordResult Normalize(ReadOnlySpan<byte> line, RecordContext context) => Read(line[At(line)..], context);

    /// <summary>Offset at which an event opens in a text; −1 where none does.</summary>
    public static int At(ReadOnlySpan<byte> text)
    {
        int at = text[..Math.Min(text.Length, MaxPrefixBytes)].IndexOf("<Event"u8);
        return at >= 0 && text.Length > at + 6 && text[at + 6] is (byte)'>' or (byte)' ' ? at : -1;
    }

    /// <summary>
    /// Reads an event. Syslog cuts long ones, mostly in a command line at their end: what came before is whole, and a value
    /// without its closing tag is not taken.
    /// </summary>
    public static RecordResult Read(ReadOnlySpan<byte> text, RecordContext context)
    {
        RecordResult result = RecordDispatcher.Xml(text, context);
        return result.Outcome == RecordOutcome.DeadLettered && text.IndexOf("</Event>"u8) < 0
            ? result with { Reason = XmlFrames.Cut }
            : result;
    }

    /// <summary>Whether a line is the title of an event: dumpers of EVTX files put "Record 12" before each.</summary>
    public static bool IsTitle(ReadOnlySpan<byte> line, RecordContext context) =>
        line.StartsWith("Record "u8) && line.Length > 7 && line[7..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
