using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>
/// Windows events of Winlogbeat 7 and later: header and data under <c>winlog</c>, and, when its Sysmon module or ingest pipeline
/// has run, much of the data moved out of there into ECS fields.
/// </summary>
/// <remarks>
/// <c>winlog.process.pid</c> is Sysmon's own; <c>process.pid</c> the process's. The pipeline moves <c>UtcTime</c> into
/// <c>@timestamp</c>, and with it the record's own time is lost. Where an Elastic agent decodes events that came as XML,
/// <c>winlog.time_created</c> is the record's time, and <c>@timestamp</c> only when the agent read it.
/// </remarks>
internal static class EcsEvent
{
    private static readonly FieldNames Settling = new("channel", "event_id");
    private static readonly FieldNames Winlog = new("computer_name", "event_data", "time_created");

    /// <summary>Has <c>winlog</c>.</summary>
    public static bool Fits(in JsonRecord record) => record[EcsFields.Winlog].Form == FieldForm.Object;

    /// <summary>Reads one event.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        JsonRecord settling = record.Nested(EcsFields.Winlog, Settling, stackalloc FieldSpan[Settling.Count]);
        if (SysmonGate.Refuse(record.Text, settling[0], default, settling[1], out int id, out TelemetryPlatform platform) is { } refusal)
        {
            return refusal;
        }

        JsonRecord winlog = record.Nested(EcsFields.Winlog, Winlog, stackalloc FieldSpan[Winlog.Count]);
        Span<FieldSpan> fields = stackalloc FieldSpan[SysmonEvent.FieldCount];
        winlog.Nested(1, SysmonData.Names, fields);
        bool hasOwnTime = fields[(int)SysmonField.UtcTime].HasValue;
        FieldSpan domain = EcsFields.Fill(record, id, fields);
        SysmonHeader header = new()
        {
            Text = record.Text,
            EventId = id,
            Platform = platform,
            Computer = winlog[0],
            Recorded = SysmonHeader.FirstTime(
                record.Text, [winlog[2], hasOwnTime ? record[EcsFields.AtTimestamp] : default], out string? fault),
            Fault = fault,
        };
        return SysmonMapper.Map(new() { Header = header, Text = record.Text, Fields = fields, UserDomain = domain }, context);
    }
}
