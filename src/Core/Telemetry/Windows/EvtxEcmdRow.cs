using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>Windows events as EvtxECmd's <c>--json</c> writes them: its own columns, and the event's data in <c>Payload</c>.</summary>
/// <remarks>
/// <c>PayloadData1</c> to <c>6</c>, <c>UserName</c> and <c>RemoteHost</c> are what its maps made of the data, and left out where a
/// map is missing; <c>ProcessId</c> is the recorder's. <c>TimeCreated</c> is the record's own time, in UTC.
/// </remarks>
internal static class EvtxEcmdRow
{
    public static readonly TopLevelFields TopLevel = new() { Messages = ["Payload"] };

    private static readonly int EventId = TopLevel.At("EventId");
    private static readonly int Channel = TopLevel.At("Channel");
    private static readonly int Provider = TopLevel.At("Provider");
    private static readonly int Computer = TopLevel.At("Computer");
    private static readonly int TimeCreated = TopLevel.At("TimeCreated");
    private static readonly int Payload = TopLevel.At("Payload");

    private static readonly FieldNames DataPart = new("EventData");

    /// <summary>No other rendering has all three; those that are close spell <c>EventID</c>.</summary>
    public static bool Fits(in JsonRecord record) =>
        record.Has(EventId) && record.Has(Payload) && (record.Has(Channel) || record.Has(Provider));

    /// <summary>Reads one event.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        RecordResult? refusal = SysmonGate.Refuse(
            record.Text, record[Channel], record[Provider], record[EventId], out int id, out TelemetryPlatform platform);
        if (refusal is not null)
        {
            return refusal.Value;
        }

        SysmonHeader header = new()
        {
            Text = record.Text,
            EventId = id,
            Platform = platform,
            Computer = record[Computer],
            Recorded = SysmonHeader.FirstTime(record.Text, [record[TimeCreated]], out string? fault),
            Fault = fault,
        };
        Span<FieldSpan> part = stackalloc FieldSpan[DataPart.Count];
        if (!record[Payload].IsText)
        {
            return SysmonData.In(header, record.Text, record.Nested(Payload, DataPart, part)[0], context);
        }

        using UnescapedText payload = new(record.Text, record[Payload]);
        int start = payload.Bytes.IndexOf((byte)'{');
        FieldSpan data = start < 0 ? default : JsonRecord.Scan(payload.Bytes, start, DataPart, part)[0];
        return SysmonData.In(header, payload.Bytes, data, context);
    }
}
