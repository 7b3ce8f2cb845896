using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;
using CipherWatch.Core.Telemetry.Xml;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>Windows events as XML: what <c>wevtutil</c>, Event Viewer, EVTX dumpers and Sysmon for Linux write.</summary>
internal static class SysmonXml
{
    /// <summary>Reads one <c>Event</c> element.</summary>
    public static RecordResult Normalize(ReadOnlySpan<byte> record, RecordContext context)
    {
        FieldSpan channel = XmlText.ElementField(record, "Channel"u8);
        FieldSpan provider = XmlText.AttributeField(record, "Provider"u8, "Name"u8);
        if (channel.Length == 0 && provider.Length == 0)
        {
            return RecordResult.DeadLettered(SourceNames.Unrecognised, "XML event without Channel or Provider.");
        }

        FieldSpan eventId = XmlText.ElementField(record, "EventID"u8);
        if (SysmonGate.Refuse(record, channel, provider, eventId, out int id, out TelemetryPlatform platform) is { } refusal)
        {
            return refusal;
        }

        Span<FieldSpan> fields = stackalloc FieldSpan[SysmonEvent.FieldCount];
        fields.Clear();
        XmlText.NamedData(record, SysmonData.Names, fields);
        SysmonHeader header = new()
        {
            Text = record,
            EventId = id,
            Platform = platform,
            Computer = XmlText.ElementField(record, "Computer"u8),
            Recorded = SysmonHeader.FirstTime(record, [XmlText.AttributeField(record, "TimeCreated"u8, "SystemTime"u8)], out string? fault),
            Fault = fault,
        };
        return SysmonMapper.Map(new() { Header = header, Text = record, Fields = fields }, context);
    }
}
