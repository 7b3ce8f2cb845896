using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry.Json;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>Windows events as dumpers of EVTX files write them in JSON: <c>Event.System</c> and <c>Event.EventData</c>.</summary>
internal static class EvtxJson
{
    private static readonly FieldNames Parts = new("System", "EventData");
    private static readonly FieldNames Settling = new("Channel", "EventID");
    private static readonly FieldNames System = new("Provider", "Provider_attributes", "Computer", "TimeCreated", "TimeCreated_attributes");
    private static readonly FieldNames ProviderName = new("Name", "@Name", "-Name");
    private static readonly FieldNames SystemTime = new("SystemTime", "@SystemTime", "-SystemTime");

    /// <summary>Everything stands under <c>Event</c>.</summary>
    public static bool Fits(in JsonRecord record) => record[TopLevel.Event].Form == FieldForm.Object;

    /// <summary>Reads one event.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        ReadOnlySpan<byte> text = record.Text;
        JsonRecord parts = record.Nested(TopLevel.Event, Parts, stackalloc FieldSpan[Parts.Count]);
        if (parts[0].Form != FieldForm.Object)
        {
            return RecordResult.DeadLettered(SourceNames.Unrecognised, "JSON with 'Event' but no 'System' in it: no event of Windows.");
        }

        JsonRecord settling = parts.Nested(0, Settling, stackalloc FieldSpan[Settling.Count]);
        JsonRecord system = parts.Nested(0, System, stackalloc FieldSpan[System.Count]);
        FieldSpan provider = ConvertedXml.Attribute(text, SysmonHeader.First([system[0], system[1]]), ProviderName);
        FieldSpan eventId = ConvertedXml.Text(text, settling[1]);
        if (SysmonGate.Refuse(text, settling[0], provider, eventId, out int id, out TelemetryPlatform platform) is { } refusal)
        {
            return refusal;
        }

        FieldSpan time = ConvertedXml.Attribute(text, SysmonHeader.First([system[3], system[4]]), SystemTime);
        SysmonHeader header = new()
        {
            Text = text,
            EventId = id,
            Platform = platform,
            Computer = system[2],
            RecordTime = SysmonHeader.FirstTime(text, [time]),
        };
        return SysmonData.In(header, text, parts[1], context);
    }
}
