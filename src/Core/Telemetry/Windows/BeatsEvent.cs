using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>Windows events with a lower-case header at the top level and their data in <c>event_data</c>: Winlogbeat 6 and Vector.</summary>
/// <remarks><c>process_id</c> at the top level is the recorder's own process, not the event's.</remarks>
internal static class BeatsEvent
{
    /// <summary>Winlogbeat 6 writes <c>log_name</c> and <c>event_id</c>.</summary>
    public static bool Fits(in JsonRecord record) => record.Has(TopLevel.BeatEventId) && record.Has(TopLevel.LogName);

    /// <summary>Vector writes <c>channel</c> and <c>event_id</c>.</summary>
    public static bool FitsVector(in JsonRecord record) => record.Has(TopLevel.BeatEventId) && record.Has(TopLevel.LowerChannel);

    /// <summary>Reads one event.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        FieldSpan channel = SysmonHeader.First([record[TopLevel.LogName], record[TopLevel.LowerChannel]]);
        if (SysmonGate.Refuse(record.Text, channel, default, record[TopLevel.BeatEventId], out int id, out TelemetryPlatform platform) is { } refusal)
        {
            return refusal;
        }

        SysmonHeader header = new()
        {
            Text = record.Text,
            EventId = id,
            Platform = platform,
            Computer = SysmonHeader.First([record[TopLevel.ComputerName], record[TopLevel.LowerComputer]]),
            Recorded = SysmonHeader.FirstTime(record.Text, [record[TopLevel.AtTimestamp], record[TopLevel.Timestamp]]),
        };
        FieldSpan data = SysmonHeader.First([record[TopLevel.EventData], record[TopLevel.LowerXml]]);
        return SysmonData.In(header, record.Text, data, context);
    }
}
