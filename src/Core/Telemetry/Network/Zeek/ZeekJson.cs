using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>Zeek logs as JSON: its own writer, the streaming one, and shippers that flatten <c>id.orig_h</c> to <c>id_orig_h</c>.</summary>
internal static class ZeekJson
{
    public static readonly TopLevelFields TopLevel = new();

    /// <summary>Where each <see cref="ZeekField"/> stands.</summary>
    private static readonly int[] Places = TopLevel.At(ZeekFields.Names);

    /// <summary>The same where a shipper has flattened the names that have a point in them.</summary>
    private static readonly int[] Flattened = TopLevel.At(ZeekFields.Joined);

    private static readonly int Ts = Places[(int)ZeekField.Ts];
    private static readonly int WriteTs = TopLevel.At("_write_ts");
    private static readonly int LogPath = TopLevel.At("_path");
    private static readonly int Stream = TopLevel.At("@stream");
    private static readonly int Name = Places[(int)ZeekField.Name];
    private static readonly int Host = Places[(int)ZeekField.Host];
    private static readonly int Proto = Places[(int)ZeekField.Proto];
    private static readonly int Src = TopLevel.At("src");
    private static readonly int Dst = TopLevel.At("dst");
    private static readonly int Level = TopLevel.At("level");
    private static readonly int Node = TopLevel.At("node");
    private static readonly int Message = TopLevel.At("message");

    /// <summary>Fields, one of which most logs have beside <c>ts</c>.</summary>
    private static readonly int[] Telling =
    [
        Places[(int)ZeekField.Uid], Places[(int)ZeekField.OrigH], Flattened[(int)ZeekField.OrigH], Places[(int)ZeekField.Fuid],
        Places[(int)ZeekField.ConnUids],
        .. TopLevel.At(
        [
            "uids", "certificate.serial", "note", "software_type", "orig_hw", "ts_delta", "compile_ts", "filter", "peer", "port_num",
            "certStatus",
        ]),
    ];

    /// <summary>
    /// Zeek names its log in <c>_path</c>, its writer to Kafka as RockNSM sets it up in <c>@stream</c>. Its own JSON writer does
    /// not name the log, because each is a file of its own: there the fields tell.
    /// </summary>
    public static bool Fits(in JsonRecord record) =>
        record.Has(Ts) || record.Has(WriteTs)
            ? record.Has(LogPath) || record.Has(Stream) || HasTelling(record) || IsShort(record)
            : IsLoadedScript(record);

    /// <summary>Reads one log entry.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        FieldSpan path = record[record.Has(LogPath) ? LogPath : Stream];
        ZeekLog log = path.IsText ? ZeekLogs.ByPath(path.Of(record.Text))
            : ZeekLogs.ByFields(Present(record));
        if (log == ZeekLog.Other)
        {
            return RecordResult.Skipped(SourceNames.Zeek);
        }

        int[] places = record.Has(Flattened[(int)ZeekField.OrigH]) ? Flattened : Places;
        FieldValues values = context.Values(record.Text);
        return new ZeekRecord { Text = record.Text, Fields = record.Fields, Places = places, Values = values }.Normalize(log, context);
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

    private static bool HasTelling(in JsonRecord record)
    {
        foreach (int field in Telling)
        {
            if (record.Has(field))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Logs of so few and so common names that only all of them together tell.</summary>
    private static bool IsShort(in JsonRecord record) =>
        (record.Has(Host) && HasFields(record, 2) && IpAddress.TryParse(record[Host].Of(record.Text), out _)) // known_hosts
        || (record.Has(Src) && record.Has(Dst) && record.Has(Proto) && HasFields(record, 4)) // traceroute
        || (record.Has(Message) && record.Has(Level) && record[Level].Of(record.Text).StartsWith("Reporter::"u8)) // reporter
        || (record.Has(Message) && record.Has(Node) && HasFields(record, 3)); // cluster

    /// <summary>Whether a record has this many fields, at its top level.</summary>
    private static bool HasFields(in JsonRecord record, int count)
    {
        JsonScanner scanner = new(record.Text, record.Text.IndexOf((byte)'{'));
        int fields = 0;
        while (fields <= count && scanner.Next(out _, out _))
        {
            fields++;
        }

        return fields == count;
    }

    /// <summary>loaded_scripts.log has a script's path and nothing else.</summary>
    private static bool IsLoadedScript(in JsonRecord record) =>
        record[Name] is { IsText: true } name && name.Of(record.Text) is var path && (path.EndsWith(".zeek"u8) || path.EndsWith(".bro"u8));
}
