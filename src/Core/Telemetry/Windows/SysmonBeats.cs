using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry.Json;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>Windows events as Winlogbeat 6 writes them: header at the top level, event data under <c>event_data</c>.</summary>
/// <remarks><c>process_id</c> at the top level is the recorder's own process, not the event's.</remarks>
internal static class SysmonBeats
{
    private static readonly FieldNames EventData = FieldNames.Of<SysmonField>();

    /// <summary>Winlogbeat 6 writes <c>log_name</c> and <c>event_id</c> at the top level.</summary>
    public static bool Fits(in JsonRecord record) => record.Has(TopLevel.LogName) && record.Has(TopLevel.BeatEventId);

    /// <summary>Reads one event.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        if (!record[TopLevel.LogName].Is(record.Text, WindowsSkip.SysmonChannel))
        {
            return RecordResult.Skipped(SourceNames.WindowsEvent);
        }

        if (!record[TopLevel.BeatEventId].TryInteger(record.Text, out long eventId))
        {
            return RecordResult.DeadLettered(SourceNames.Sysmon, "Sysmon record whose event_id is not a number.");
        }

        if (!SysmonEvent.IsRead(eventId))
        {
            return RecordResult.Skipped(SourceNames.Sysmon);
        }

        FieldSpan timestamp = record[TopLevel.AtTimestamp];
        JsonRecord data = record.Nested(TopLevel.EventData, EventData, stackalloc FieldSpan[EventData.Count]);
        SysmonEvent sysmonEvent = new()
        {
            Text = record.Text,
            Fields = data.Fields,
            EventId = (int)eventId,
            Computer = record[TopLevel.ComputerName],
            RecordTime = timestamp.HasValue && Timestamps.TryParse(timestamp.Of(record.Text), out DateTimeOffset time) ? time : null,
        };
        return SysmonMapper.Map(sysmonEvent, context);
    }
}
