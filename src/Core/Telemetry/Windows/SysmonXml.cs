using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry.Xml;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>Windows events as XML: what <c>wevtutil</c>, Event Viewer and EVTX dumpers write.</summary>
internal static class SysmonXml
{
    private static readonly FieldNames EventData = FieldNames.Of<SysmonField>();

    private static ReadOnlySpan<byte> SysmonProvider => "Microsoft-Windows-Sysmon"u8;

    /// <summary>Reads one <c>Event</c> element.</summary>
    public static RecordResult Normalize(ReadOnlySpan<byte> record, RecordContext context)
    {
        ReadOnlySpan<byte> channel = XmlText.Element(record, "Channel"u8, out _);
        ReadOnlySpan<byte> provider = XmlText.Attribute(record, "Provider"u8, "Name"u8);
        if (channel.IsEmpty && provider.IsEmpty)
        {
            return RecordResult.DeadLettered(SourceNames.Unrecognised, "XML event without Channel or Provider.");
        }

        // Events traced outside any channel have an empty one.
        if (channel.IsEmpty ? !provider.SequenceEqual(SysmonProvider) : !channel.SequenceEqual(WindowsSkip.SysmonChannel))
        {
            return RecordResult.Skipped(SourceNames.WindowsEvent);
        }

        ReadOnlySpan<byte> eventIdText = XmlText.Element(record, "EventID"u8, out _);
        if (!System.Buffers.Text.Utf8Parser.TryParse(eventIdText, out int eventId, out int used) || used != eventIdText.Length)
        {
            return RecordResult.DeadLettered(SourceNames.Sysmon, "Sysmon event whose EventID is not a number.");
        }

        if (!SysmonEvent.IsRead(eventId))
        {
            return RecordResult.Skipped(SourceNames.Sysmon);
        }

        Span<FieldSpan> fields = stackalloc FieldSpan[EventData.Count];
        fields.Clear();
        XmlText.NamedData(record, EventData, fields);
        ReadOnlySpan<byte> computer = XmlText.Element(record, "Computer"u8, out int computerAt);
        ReadOnlySpan<byte> created = XmlText.Attribute(record, "TimeCreated"u8, "SystemTime"u8);
        SysmonEvent sysmonEvent = new()
        {
            Text = record,
            Fields = fields,
            EventId = eventId,
            Computer = new FieldSpan(computerAt, computer.Length, FieldForm.XmlEscaped),
            RecordTime = Timestamps.TryParse(created, out DateTimeOffset time) ? time : null,
        };
        return SysmonMapper.Map(sysmonEvent, context);
    }
}
