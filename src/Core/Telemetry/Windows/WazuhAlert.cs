using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>
/// Windows events in Wazuh's alerts and archives: header and data under <c>data.win</c>, names with a small first letter.
/// </summary>
/// <remarks><c>system.processID</c> is the recorder's. Where <c>eventdata</c> is missing the message is read.</remarks>
internal static class WazuhAlert
{
    public static readonly TopLevelFields TopLevel = new();

    private static readonly int Data = TopLevel.At("data");
    private static readonly int Agent = TopLevel.At("agent");

    private static readonly FieldNames Windows = new("win");
    private static readonly FieldNames Parts = new("system", "eventdata");
    private static readonly FieldNames System = new("channel", "providerName", "eventID", "computer", "systemTime", "message");
    private static readonly FieldNames EventData = new([.. Enumerable.Range(0, SysmonData.Names.Count).Select(Camel)]);

    /// <summary>Its data is of Windows.</summary>
    public static bool Fits(in JsonRecord record) =>
        record[Data].Form == FieldForm.Object && record.Has(Agent)
        && record.Nested(Data, Windows, stackalloc FieldSpan[1])[0].Form == FieldForm.Object;

    /// <summary>Reads one event.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        ReadOnlySpan<byte> text = record.Text;
        JsonRecord parts = record.Nested(Data, Windows, stackalloc FieldSpan[1]).Nested(0, Parts, stackalloc FieldSpan[Parts.Count]);
        JsonRecord system = parts.Nested(0, System, stackalloc FieldSpan[System.Count]);
        if (SysmonGate.Refuse(text, system[0], system[1], system[2], out int id, out TelemetryPlatform platform) is { } refusal)
        {
            return refusal;
        }

        SysmonHeader header = new()
        {
            Text = text,
            EventId = id,
            Platform = platform,
            Computer = system[3],
            Recorded = SysmonHeader.FirstTime(text, [system[4]], out string? fault),
            Fault = fault,
        };
        Span<FieldSpan> fields = stackalloc FieldSpan[SysmonEvent.FieldCount];
        JsonRecord data = parts.Nested(1, EventData, fields);
        return data.Has((int)SysmonField.UtcTime) || !system[5].IsText
            ? SysmonMapper.Map(new() { Header = header, Text = text, Fields = fields }, context)
            : SysmonData.In(header, text, system[5], context);
    }

    private static string Camel(int place)
    {
        string name = SysmonData.Names[place];
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
