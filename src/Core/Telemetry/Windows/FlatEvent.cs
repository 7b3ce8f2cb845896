using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>
/// Windows events whose header stands at the top level in Windows' own names: NXLog, Fluent Bit, Fluentd, and the <c>Event</c>,
/// <c>WindowsEvent</c> and <c>SecurityEvent</c> rows of a Log Analytics workspace.
/// </summary>
/// <remarks>
/// <c>EventTime</c> is host-local without a zone; <c>@timestamp</c> is when the collector took it; <c>TimeCreated</c> is the
/// record's own, though its <c>Z</c> may be untrue. Which clock errs is settled later; here each is read as written.
/// </remarks>
internal static class FlatEvent
{
    /// <summary>Has an <c>EventID</c> and says whose it is.</summary>
    public static bool Fits(in JsonRecord record) =>
        record.Has(TopLevel.EventId)
        && (record.Has(TopLevel.Channel) || record.Has(TopLevel.SourceName) || record.Has(TopLevel.ProviderName) || record.Has(TopLevel.EventLog));

    /// <summary>Writes values without their names, as Fluent Bit does unless told otherwise.</summary>
    public static bool FitsFluentBit(in JsonRecord record) => Fits(record) && record.Has(TopLevel.StringInserts);

    /// <summary>A row of a Log Analytics table.</summary>
    public static bool FitsTableRow(in JsonRecord record) =>
        Fits(record) && (record.Has(TopLevel.EventLog) || (record.Has(TopLevel.EventDataColumn) && record.Has(TopLevel.TimeGenerated)));

    /// <summary>Reads one event.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        FieldSpan channel = SysmonHeader.First([record[TopLevel.Channel], record[TopLevel.EventLog]]);
        FieldSpan provider = SysmonHeader.First([record[TopLevel.SourceName], record[TopLevel.ProviderName]]);
        if (SysmonGate.Refuse(record.Text, channel, provider, record[TopLevel.EventId], out int id, out TelemetryPlatform platform) is { } refusal)
        {
            return refusal;
        }

        SysmonHeader header = new()
        {
            Text = record.Text,
            EventId = id,
            Platform = platform,
            Computer = SysmonHeader.First([record[TopLevel.Hostname], record[TopLevel.Computer], record[TopLevel.ComputerNameColumn]]),
            Recorded = SysmonHeader.FirstTime(
                record.Text,
                [record[TopLevel.TimeCreated], record[TopLevel.EventTime], record[TopLevel.TimeGenerated], record[TopLevel.AtTimestamp]]),
        };
        FieldSpan data = SysmonHeader.First(
            [record[TopLevel.EventDataColumn], record[TopLevel.StringInserts], record[TopLevel.ParameterXml], record[TopLevel.RawEventData], record[TopLevel.RenderedDescription]]);
        return data.HasValue && !record.Has((int)SysmonField.UtcTime)
            ? SysmonData.In(header, record.Text, data, context)
            : SysmonData.Flat(header, record, context);
    }
}
