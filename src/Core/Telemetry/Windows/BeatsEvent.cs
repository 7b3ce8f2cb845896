using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>
/// Windows events with a lower-case header at the top level and data in <c>event_data</c>: Winlogbeat 6, Vector, and OpenTelemetry's
/// Windows receiver, which has an object for the id and a list of pairs for the data.
/// </summary>
/// <remarks><c>process_id</c> at the top level is the recorder's own process, not the event's.</remarks>
internal static class BeatsEvent
{
    public static readonly TopLevelFields TopLevel = new();

    private static readonly int LogName = TopLevel.At("log_name");
    private static readonly int Channel = TopLevel.At("channel");
    private static readonly int EventId = TopLevel.At("event_id");
    private static readonly int ComputerName = TopLevel.At("computer_name");
    private static readonly int Computer = TopLevel.At("computer");
    private static readonly int AtTimestamp = TopLevel.At("@timestamp");
    private static readonly int Timestamp = TopLevel.At("timestamp");
    private static readonly int EventData = TopLevel.At("event_data");
    private static readonly int Xml = TopLevel.At("xml");
    private static readonly int SystemTime = TopLevel.At("system_time");
    private static readonly int Message = TopLevel.At("message");
    private static readonly FieldNames IdNames = new("id");

    /// <summary>The log and the id settle what is skipped.</summary>
    public static readonly JsonSkipRule Skip = new(
        (text, fields) =>
            SysmonGate.Skips(text, fields[LogName], fields[EventId]) || SysmonGate.Skips(text, fields[Channel], fields[EventId]),
        [LogName, Channel, EventId]);

    /// <summary>Winlogbeat 6 writes <c>log_name</c> and <c>event_id</c>.</summary>
    public static bool Fits(in JsonRecord record) => record.Has(EventId) && record.Has(LogName);

    /// <summary>Vector writes <c>channel</c> and <c>event_id</c>.</summary>
    public static bool FitsVector(in JsonRecord record) => record.Has(EventId) && record.Has(Channel);

    /// <summary>Reads one event.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        FieldSpan channel = SysmonHeader.First([record[LogName], record[Channel]]);
        FieldSpan eventId = record.Nested(EventId, IdNames, stackalloc FieldSpan[1])[0];
        eventId = eventId.HasValue ? eventId : record[EventId];
        if (SysmonGate.Refuse(record.Text, channel, default, eventId, out int id, out TelemetryPlatform platform) is { } refusal)
        {
            return refusal;
        }

        SysmonHeader header = new()
        {
            Text = record.Text,
            EventId = id,
            Platform = platform,
            Computer = SysmonHeader.First([record[ComputerName], record[Computer]]),
            Recorded = SysmonHeader.FirstTime(record.Text, [record[SystemTime], record[AtTimestamp], record[Timestamp]], out string? fault),
            Fault = fault,
        };
        FieldSpan data = SysmonHeader.First([record[EventData], record[Xml], record[Message]]);
        return SysmonData.In(header, record.Text, data, context);
    }
}
