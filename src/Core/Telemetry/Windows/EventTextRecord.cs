using CipherWatch.Core.Telemetry.Framing;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>
/// A record that holds a Windows event as text: Fluent Bit's <c>log</c>, Splunk's <c>_raw</c> in an export or a collector's event.
/// </summary>
internal static class EventTextRecord
{
    public static readonly TopLevelFields TopLevel = new();

    private static readonly int[] Carriers = TopLevel.At(["log", "_raw", "message", "Message", "msg", "raw", "event", "body", "text"]);

    /// <summary>Some field opens like such an event.</summary>
    public static bool Fits(in JsonRecord record) => Carrier(record) >= 0;

    /// <summary>Reads the event inside.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        using UnescapedText text = new(record.Text, record[Carrier(record)]);
        return EventText.Normalize(text.Bytes, context);
    }

    private static int Carrier(in JsonRecord record)
    {
        foreach (int place in Carriers)
        {
            // Line ends are escaped in it.
            if (record[place].Form == FieldForm.JsonEscaped && EventTextFrames.IsAtEscaped(record[place].Of(record.Text)))
            {
                return place;
            }
        }

        return -1;
    }
}
