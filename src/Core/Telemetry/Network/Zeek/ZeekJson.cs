using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>Zeek logs as JSON: its own writer, the streaming one, and shippers that flatten <c>id.orig_h</c> to <c>id_orig_h</c>.</summary>
internal static class ZeekJson
{
    /// <summary>Where each field stands among the top-level names.</summary>
    private static readonly int[] Places = [.. Enum.GetValues<ZeekField>().Select(field => TopLevel.At(ZeekFields.NameOf(field)))];

    /// <summary>The same where a shipper has flattened the names that have a point in them.</summary>
    private static readonly int[] Flattened =
        [.. Enum.GetValues<ZeekField>().Select(field => TopLevel.At(ZeekFields.Flatten(ZeekFields.NameOf(field))))];

    private static readonly int Ts = TopLevel.At("ts");
    private static readonly int WriteTs = TopLevel.At("_write_ts");

    /// <summary>
    /// Zeek names its log in <c>_path</c>, its writer to Kafka as RockNSM sets it up in <c>@stream</c>; where a shipper dropped
    /// that, the fields tell.
    /// </summary>
    public static bool Fits(in JsonRecord record) =>
        (record.Has(Ts) || record.Has(WriteTs)) && (record.Has(TopLevel.ZeekPath) || record.Has(TopLevel.ZeekStream))
        || ZeekPathless.Fits(record);

    /// <summary>Reads one log entry.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        FieldSpan path = record[record.Has(TopLevel.ZeekPath) ? TopLevel.ZeekPath : TopLevel.ZeekStream];
        ZeekLog log = path.IsText ? ZeekLogs.ByPath(path.Of(record.Text))
            : ZeekLogs.ByFields(Present(record));
        if (log == ZeekLog.Other)
        {
            return RecordResult.Skipped(SourceNames.Zeek);
        }

        bool flattened = record.Has(Flattened[(int)ZeekField.OrigH]);
        return new ZeekRecord { Text = record.Text, Fields = record.Fields, Places = flattened ? Flattened : Places }.Normalize(log, context);
    }

    private static ulong Present(in JsonRecord record)
    {
        ulong present = 0;
        for (int field = 0; field < Places.Length; field++)
        {
            present |= record.Has(Places[field]) ? 1UL << field : 0;
        }

        return present;
    }
}
