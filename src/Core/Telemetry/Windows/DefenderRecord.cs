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
    private static ReadOnlySpan<byte> Prefix => "AdvancedHunting-"u8;

    /// <summary>A streamed record: its category names a table of advanced hunting.</summary>
    public static bool Fits(in JsonRecord record) =>
        record[TopLevel.Properties].Form == FieldForm.Object && record[TopLevel.Category].IsText
        && record[TopLevel.Category].Of(record.Text).StartsWith(Prefix);

    /// <summary>A row of a workspace's table.</summary>
    public static bool FitsRow(in JsonRecord record) =>
        record.Has(TopLevel.DeviceName) && record.Has(TopLevel.ActionType) && record[TopLevel.Type].IsText;

    /// <summary>Reads one streamed record.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context) => Table(record[TopLevel.Category].Of(record.Text)[Prefix.Length..]) is { } table
        ? DefenderRow.Normalize(record.Nested(TopLevel.Properties, DefenderRow.Names, stackalloc FieldSpan[DefenderRow.Names.Count]), table, context)
        : RecordResult.Skipped(SourceNames.Defender);

    /// <summary>Reads one row.</summary>
    public static RecordResult NormalizeRow(in JsonRecord record, RecordContext context) => Table(record[TopLevel.Type].Of(record.Text)) is { } table
        ? DefenderRow.Normalize(JsonRecord.Scan(record.Text, 0, DefenderRow.Names, stackalloc FieldSpan[DefenderRow.Names.Count]), table, context)
        : RecordResult.Skipped(SourceNames.Defender);

    private static DefenderTable? Table(ReadOnlySpan<byte> name) => name.SequenceEqual("DeviceImageLoadEvents"u8) ? DefenderTable.ImageLoad
        : name.SequenceEqual("DeviceNetworkEvents"u8) ? DefenderTable.Network
        : name.SequenceEqual("DeviceProcessEvents"u8) ? DefenderTable.Process
        : null;
}
