using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>Windows events as dumpers of EVTX files write them in JSON: <c>Event.System</c> and <c>Event.EventData</c>.</summary>
internal static class EvtxJson
{
    public static readonly TopLevelFields TopLevel = new();

    private static readonly int Event = TopLevel.At("Event");
    private static readonly int BareSystem = TopLevel.At("System");
    private static readonly int BareData = TopLevel.At("EventData");
    private static readonly int BareMessage = TopLevel.At("Message");

    private static readonly FieldNames SystemPart = new("System");
    private static readonly FieldNames DataPart = new("EventData");
    private static readonly FieldNames System = new("Channel", "EventID", "Computer", "TimeCreated");
    private static readonly FieldNames Apart = new("Provider", "Provider_attributes", "TimeCreated_attributes");
    private static readonly FieldNames ProviderName = new("Name", "@Name", "-Name");
    private static readonly FieldNames SystemTime = new("SystemTime", "@SystemTime", "-SystemTime");

    /// <summary>Everything stands under <c>Event</c>; Velociraptor leaves that out.</summary>
    public static bool Fits(in JsonRecord record) =>
        record[Event].Form == FieldForm.Object || record[BareSystem].Form == FieldForm.Object;

    /// <summary>Reads one event.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        ReadOnlySpan<byte> text = record.Text;
        bool isBare = record[Event].Form != FieldForm.Object;
        JsonRecord parts = isBare ? JsonRecord.Scan(text, text.IndexOf((byte)'{'), SystemPart, stackalloc FieldSpan[1])
            : record.Nested(Event, SystemPart, stackalloc FieldSpan[1]);
        if (parts[0].Form != FieldForm.Object)
        {
            return context.Inner(record[Event].Of(text), context) is { Outcome: not RecordOutcome.DeadLettered } inner ? inner
                : RecordResult.DeadLettered(SourceNames.Unrecognised, "JSON with 'Event' but no 'System' in it: no event of Windows.");
        }

        JsonRecord system = parts.Nested(0, System, stackalloc FieldSpan[System.Count]);
        FieldSpan channel = system[0];
        FieldSpan time = system[3];
        FieldSpan provider = default;
        if (channel.Length == 0 || !time.HasValue)
        {
            // Some converters put attributes beside their element instead of into it.
            JsonRecord apart = parts.Nested(0, Apart, stackalloc FieldSpan[Apart.Count]);
            provider = ConvertedXml.Attribute(text, SysmonHeader.First([apart[0], apart[1]]), ProviderName);
            time = SysmonHeader.First([time, apart[2]]);
        }

        FieldSpan eventId = system[1].Form == FieldForm.Object
            ? SysmonHeader.First([ConvertedXml.Text(text, system[1]), system[1]]) : system[1];
        if (SysmonGate.Refuse(text, channel, provider, eventId, out int id, out TelemetryPlatform platform) is { } refusal)
        {
            return refusal;
        }

        SysmonHeader header = new()
        {
            Text = text,
            EventId = id,
            Platform = platform,
            Computer = system[2],
            Recorded = SysmonHeader.FirstTime(text, [ConvertedXml.Attribute(text, time, SystemTime)], out string? fault),
            Fault = fault,
        };
        FieldSpan data = isBare ? SysmonHeader.First([record[BareData], record[BareMessage]])
            : record.Nested(Event, DataPart, stackalloc FieldSpan[1])[0];
        return SysmonData.In(header, text, data, context);
    }
}
