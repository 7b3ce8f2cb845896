using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>
/// Rows of the json formatter: flat objects, to which a collector may add <c>host</c> and <c>time</c>, or a workspace's table
/// <c>Computer</c> and <c>TimeGenerated</c>.
/// </summary>
internal static class EsxcliJson
{
    /// <summary>The fields it reads or is told by.</summary>
    public static readonly TopLevelFields TopLevel = new() { Lists = ["output"], Messages = ["output"] };

    private static readonly int ComputerField = TopLevel.At("Computer");
    private static readonly int HostnameField = TopLevel.At("Hostname");
    private static readonly int TimeField = TopLevel.At("time");
    private static readonly int TimeGeneratedField = TopLevel.At("TimeGenerated");
    private static readonly int AtTimestampField = TopLevel.At("@timestamp");
    private static readonly int TimestampField = TopLevel.At("timestamp");
    /// <summary>What a collector's envelope around a listing is told by.</summary>
    public static readonly int Command = TopLevel.At("esxcli");

    /// <summary>The listing in a collector's envelope.</summary>
    public static readonly int Output = TopLevel.At("output");

    private static readonly int[] Columns = TopLevel.At(EsxcliFields.Names);
    private static readonly int Foreign = TopLevel.At("ForeignAddress");
    private static readonly int Local = TopLevel.At("LocalAddress");
    private static readonly int World = TopLevel.At("WorldID");
    private static readonly int WorldName = TopLevel.At("WorldName");
    /// <summary>The host that a collector names.</summary>
    public static readonly int Host = TopLevel.At("host");

    /// <summary>The row has the fields that no other record has together.</summary>
    public static bool Fits(in JsonRecord record) =>
        record.Has(Foreign) && record.Has(Local) && (record.Has(World) || record.Has(WorldName));

    /// <summary>Reads one row.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        EsxcliListing listing = context.Of(EsxiState.State).Listing;
        FieldSpan host = record.Has(Host) ? record[Host]
            : record.Has(ComputerField) ? record[ComputerField]
            : record[HostnameField];
        FieldValues values = context.Values(record.Text);
        DateTimeOffset? time = Time(record, values);
        return values.Fault is { } fault ? RecordResult.DeadLettered(SourceNames.Esxcli, fault)
            : Read(record, Columns, host.Text(record.Text) ?? listing.Host, time ?? listing.Time, context);
    }

    /// <summary>Reads a row whose fields stand at the places given, in the order of <see cref="EsxcliField"/>.</summary>
    public static RecordResult Read(
        in JsonRecord record, ReadOnlySpan<int> places, string? host, DateTimeOffset? time, RecordContext context)
    {
        EsxcliRow row = context.Of(EsxiState.State).Listing.Row;
        row.Clear();
        for (int field = 0; field < EsxcliFields.Count; field++)
        {
            FieldSpan span = record[places[field]];
            if (span.HasValue)
            {
                using UnescapedText text = new(record.Text, span);
                row.Set((EsxcliField)field, text.Bytes);
            }
        }

        RecordResult result = EsxcliConnection.Read(row, host, time, context);
        row.Clear();
        return result;
    }

    /// <summary>The time that the collector or the table gives a record; null where it gives none.</summary>
    public static DateTimeOffset? Time(in JsonRecord record, FieldValues values)
    {
        foreach (int field in (ReadOnlySpan<int>)[TimeField, TimeGeneratedField, AtTimestampField, TimestampField])
        {
            if (values.Time(record[field]) is { } time)
            {
                return time;
            }
        }

        return null;
    }
}
