using System.Buffers.Binary;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>Reads one record of a binary event log, as its XML would be read.</summary>
internal static class EventLogRecord
{
    private const int WrittenAt = 16;

    /// <summary>Reads one record.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="start">Offset of the record within it.</param>
    /// <param name="length">Bytes of the record, both copies of its length included.</param>
    /// <param name="content">What its content is read into.</param>
    /// <param name="context">Where observations go.</param>
    public static RecordResult Normalize(ReadOnlySpan<byte> chunk, int start, int length, BinXmlEvent content, RecordContext context)
    {
        if (!content.TryBegin(chunk, start + EventLogLayout.RecordHeaderBytes, start + length - sizeof(uint)))
        {
            return RecordResult.DeadLettered(SourceNames.WindowsEvent, content.Fault!);
        }

        if (!content[EventSlot.Channel].HasValue && !content[EventSlot.Provider].HasValue)
        {
            return RecordResult.DeadLettered(SourceNames.WindowsEvent, "Event without Channel or Provider.");
        }

        FieldSpan channel = content[EventSlot.Channel];
        FieldSpan provider = content[EventSlot.Provider];
        FieldSpan eventId = content[EventSlot.EventId];
        if (SysmonGate.Refuse(content.Text, channel, provider, eventId, out int id, out TelemetryPlatform platform) is { } refusal)
        {
            return refusal;
        }

        if (!content.TryComplete(chunk))
        {
            return RecordResult.DeadLettered(SourceNames.Sysmon, content.Fault!);
        }

        RecordTime? written = Time(FileTimes.Of(BinaryPrimitives.ReadInt64LittleEndian(chunk[(start + WrittenAt)..])));
        SysmonHeader header = new()
        {
            Text = content.Text,
            EventId = id,
            Platform = platform,
            Computer = content[EventSlot.Computer],
            Recorded = SysmonHeader.FirstTime(content.Text, [content[EventSlot.Created]], out _) ?? written,
        };
        return SysmonMapper.Map(new() { Header = header, Text = content.Text, Fields = content.Data }, context);
    }

    private static RecordTime? Time(DateTimeOffset? time) => time is { } utc ? new(utc, IsLocal: false) : null;
}
