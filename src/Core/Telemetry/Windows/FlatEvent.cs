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
    public static readonly TopLevelFields TopLevel = new();

    private static readonly int Channel = TopLevel.At("Channel");
    private static readonly int EventLog = TopLevel.At("EventLog");
    private static readonly int EventId = TopLevel.At("EventID");
    private static readonly int SourceName = TopLevel.At("SourceName");
    private static readonly int ProviderName = TopLevel.At("ProviderName");
    private static readonly int Hostname = TopLevel.At("Hostname");
    private static readonly int Computer = TopLevel.At("Computer");
    private static readonly int ComputerName = TopLevel.At("ComputerName");
    private static readonly int TimeCreated = TopLevel.At("TimeCreated");
    private static readonly int EventTime = TopLevel.At("EventTime");
    private static readonly int TimeGenerated = TopLevel.At("TimeGenerated");
    private static readonly int AtTimestamp = TopLevel.At("@timestamp");
    private static readonly int EventData = TopLevel.At("EventData");
    private static readonly int StringInserts = TopLevel.At("StringInserts");
    private static readonly int ParameterXml = TopLevel.At("ParameterXml");
    private static readonly int RawEventData = TopLevel.At("RawEventData");
    private static readonly int Message = TopLevel.At("Message");
    private static readonly int RenderedDescription = TopLevel.At("RenderedDescription");

    /// <summary>Where each <see cref="SysmonField"/> stands.</summary>
    private static readonly int[] Data = TopLevel.At(SysmonData.Names);

    private static readonly int UtcTime = Data[(int)SysmonField.UtcTime];
    private static readonly int Guid = Data[(int)SysmonField.ProcessGuid];

    /// <summary>The channel and the id settle what is skipped.</summary>
    public static readonly JsonSkipRule Skip = new(
        (text, fields) =>
            SysmonGate.Skips(text, fields[Channel], fields[EventId]) || SysmonGate.Skips(text, fields[EventLog], fields[EventId]),
        [Channel, EventLog, EventId]);

    /// <summary>Has an <c>EventID</c> and says whose it is.</summary>
    public static bool Fits(in JsonRecord record) =>
        record.Has(EventId)
        && (record.Has(Channel) || record.Has(SourceName) || record.Has(ProviderName) || record.Has(EventLog));

    /// <summary>Writes values without their names, as Fluent Bit does unless told otherwise.</summary>
    public static bool FitsFluentBit(in JsonRecord record) => Fits(record) && record.Has(StringInserts);

    /// <summary>A row of a Log Analytics table.</summary>
    public static bool FitsTableRow(in JsonRecord record) =>
        Fits(record) && (record.Has(EventLog) || (record.Has(EventData) && record.Has(TimeGenerated)));

    /// <summary>Reads one event.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        FieldSpan channel = SysmonHeader.First([record[Channel], record[EventLog]]);
        FieldSpan provider = SysmonHeader.First([record[SourceName], record[ProviderName]]);
        if (SysmonGate.Refuse(record.Text, channel, provider, record[EventId], out int id, out TelemetryPlatform platform) is { } refusal)
        {
            return refusal;
        }

        SysmonHeader header = new()
        {
            Text = record.Text,
            EventId = id,
            Platform = platform,
            Computer = SysmonHeader.First([record[Hostname], record[Computer], record[ComputerName]]),
            Recorded = SysmonHeader.FirstTime(
                record.Text,
                [record[TimeCreated], record[EventTime], record[TimeGenerated], record[AtTimestamp]],
                out string? fault),
            Fault = fault,
        };
        FieldSpan data = SysmonHeader.First(
            [record[EventData], record[StringInserts], record[ParameterXml], record[RawEventData], record[RenderedDescription]]);
        if (!data.HasValue && !record.Has(UtcTime) && !record.Has(Guid))
        {
            data = record[Message];
        }

        return data.HasValue && !record.Has(UtcTime)
            ? SysmonData.In(header, record.Text, data, context)
            : SysmonData.Flat(header, record, Data, record[Message], context);
    }
}
