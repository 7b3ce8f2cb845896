using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Framing;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>
/// Windows events as text, <c>name=value</c> a line and the message last: Splunk's <c>WinEventLog</c>, with a time before it, and
/// Fluent Bit's <c>render_event_as_text</c>.
/// </summary>
/// <remarks>Splunk's time is the host's own and has no zone; Fluent Bit's <c>TimeCreated</c> has one.</remarks>
internal static class EventText
{
    private static readonly FieldNames Names = new(
        "LogName", "Channel", "SourceName", "ProviderName", "EventCode", "EventID", "ComputerName", "Computer", "TimeCreated");

    private static ReadOnlySpan<byte> Message => "Message="u8;

    /// <summary>Opens with a header of theirs.</summary>
    public static bool Fits(ReadOnlySpan<byte> text) => EventTextFrames.IsAt(text);

    /// <summary>Reads one event.</summary>
    public static RecordResult Normalize(ReadOnlySpan<byte> text, RecordContext context)
    {
        Span<FieldSpan> fields = stackalloc FieldSpan[Names.Count];
        fields.Clear();
        int at = 0;
        int end = Line(text, at);
        bool isStamped = !text[at..end].Contains((byte)'=');
        FieldSpan stamp = isStamped ? new(0, end, FieldForm.Plain) : default;
        ReadOnlySpan<byte> message = default;
        while (at < text.Length)
        {
            end = Line(text, at);
            if (text[at..].StartsWith(Message))
            {
                message = text[(at + Message.Length)..];
                break;
            }

            int equals = text[at..end].IndexOf((byte)'=');
            if (equals > 0 && Names.Find(text.Slice(at, equals)) is >= 0 and var place)
            {
                int value = at + equals + 1;
                fields[place] = new(value, end - value, FieldForm.Plain);
            }

            at = end + 1;
        }

        FieldSpan channel = SysmonHeader.First([fields[0], fields[1]]);
        FieldSpan provider = SysmonHeader.First([fields[2], fields[3]]);
        FieldSpan eventId = SysmonHeader.First([fields[4], fields[5]]);
        if (!channel.HasValue && !provider.HasValue)
        {
            return RecordResult.DeadLettered(SourceNames.WindowsEvent, "Event text without LogName or ProviderName: it was cut short.");
        }

        if (SysmonGate.Refuse(text, channel, provider, eventId, out int id, out TelemetryPlatform platform) is { } refusal)
        {
            return refusal;
        }

        SysmonHeader header = new()
        {
            Text = text,
            EventId = id,
            Platform = platform,
            Computer = SysmonHeader.First([fields[6], fields[7]]),
            Recorded = SysmonHeader.FirstTime(text, [fields[8], stamp], out string? fault),
            Fault = fault,
        };
        return SysmonData.In(header, message, new(0, message.Length, FieldForm.Plain), context);
    }

    private static int Line(ReadOnlySpan<byte> text, int at)
    {
        int length = text[at..].IndexOfAny((byte)'\r', (byte)'\n');
        return length < 0 ? text.Length : at + length;
    }
}
