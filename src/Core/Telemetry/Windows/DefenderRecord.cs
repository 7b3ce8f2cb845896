using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>
/// Microsoft Defender for Endpoint's streamed tables: DeviceImageLoadEvents, DeviceNetworkEvents and DeviceProcessEvents, the
/// equivalents of Sysmon 7, 3 and 1; and the same tables' rows as a workspace exports them.
/// </summary>
/// <remarks>The event's time is <c>properties.Timestamp</c>; <c>time</c> is when the service handed it on.</remarks>
internal static class DefenderRecord
{
    public static readonly TopLevelFields TopLevel = new();

    private static readonly int Category = TopLevel.At("category");
    private static readonly int Properties = TopLevel.At("properties");
    private static readonly int Type = TopLevel.At("Type");
    private static readonly int DeviceName = TopLevel.At("DeviceName");
    private static readonly int ActionType = TopLevel.At("ActionType");
    private static readonly int DeviceId = TopLevel.At("DeviceId");
    private static readonly int ReportId = TopLevel.At("ReportId");
    private static readonly int RemoteIp = TopLevel.At("RemoteIP");
    private static readonly int LocalIp = TopLevel.At("LocalIP");

    private static ReadOnlySpan<byte> Prefix => "AdvancedHunting-"u8;

    /// <summary>A streamed record, whose category names a table of advanced hunting, or a row of a workspace's table.</summary>
    public static bool Fits(in JsonRecord record) =>
        IsStreamed(record) || (record.Has(DeviceName) && record.Has(ActionType)
            && (record[Type].IsText || record.Has(DeviceId) || record.Has(ReportId)));

    /// <summary>Reads one record.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        bool isStreamed = IsStreamed(record);
        DefenderTable? named = isStreamed ? Table(record[Category].Of(record.Text)[Prefix.Length..])
            : record[Type].IsText ? Table(record[Type].Of(record.Text))
            : ByAction(record);
        if (named is not { } table)
        {
            return RecordResult.Skipped(SourceNames.Defender);
        }

        Span<FieldSpan> cells = stackalloc FieldSpan[DefenderRow.Names.Count];
        return DefenderRow.Normalize(
            isStreamed ? record.Nested(Properties, DefenderRow.Names, cells) : JsonRecord.Scan(record.Text, 0, DefenderRow.Names, cells),
            table,
            context);
    }

    /// <summary>The table of a row of advanced hunting, which does not name it.</summary>
    private static DefenderTable? ByAction(in JsonRecord record) =>
        record[ActionType].Is(record.Text, "ImageLoaded"u8) ? DefenderTable.ImageLoad
        : record[ActionType].Is(record.Text, "ProcessCreated"u8) ? DefenderTable.Process
        : record.Has(RemoteIp) || record.Has(LocalIp) ? DefenderTable.Network
        : null;

    private static bool IsStreamed(in JsonRecord record) =>
        record[Properties].Form == FieldForm.Object && record[Category].IsText && record[Category].Of(record.Text).StartsWith(Prefix);

    private static DefenderTable? Table(ReadOnlySpan<byte> name) => name.SequenceEqual("DeviceImageLoadEvents"u8) ? DefenderTable.ImageLoad
        : name.SequenceEqual("DeviceNetworkEvents"u8) ? DefenderTable.Network
        : name.SequenceEqual("DeviceProcessEvents"u8) ? DefenderTable.Process
        : null;
}

/// <summary>The tables of Microsoft Defender for Endpoint that are read.</summary>
internal enum DefenderTable
{
    /// <summary>DeviceImageLoadEvents: a process mapped a library.</summary>
    ImageLoad,

    /// <summary>DeviceNetworkEvents: a process opened or accepted a connection.</summary>
    Network,

    /// <summary>DeviceProcessEvents: a process was created.</summary>
    Process,
}
