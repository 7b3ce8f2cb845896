using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;

namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>
/// Knows entries of Zeek's logs by their fields. Its own JSON writer does not name the log: each is a file of its own.
/// </summary>
internal static class ZeekPathless
{
    private static readonly int Ts = TopLevel.At("ts");
    private static readonly int WriteTs = TopLevel.At("_write_ts");
    private static readonly int Name = TopLevel.At("name");
    private static readonly int Host = TopLevel.At("host");
    private static readonly int Src = TopLevel.At("src");
    private static readonly int Dst = TopLevel.At("dst");
    private static readonly int Proto = TopLevel.At("proto");
    private static readonly int Level = TopLevel.At("level");
    private static readonly int Node = TopLevel.At("node");
    private static readonly int Message = TopLevel.At("message");

    /// <summary>Fields, one of which most logs have beside <c>ts</c>.</summary>
    private static readonly int[] Telling =
    [
        TopLevel.ZeekUid, TopLevel.At("id.orig_h"), TopLevel.At("id_orig_h"), TopLevel.At("uids"), TopLevel.At("fuid"),
        TopLevel.At("conn_uids"), TopLevel.At("certificate.serial"), TopLevel.At("note"), TopLevel.At("software_type"),
        TopLevel.At("orig_hw"), TopLevel.At("ts_delta"), TopLevel.At("compile_ts"), TopLevel.At("filter"), TopLevel.At("peer"),
        TopLevel.At("port_num"), TopLevel.At("certStatus"),
    ];

    /// <summary>Whether a record without a path is Zeek's.</summary>
    public static bool Fits(in JsonRecord record)
    {
        if (!record.Has(Ts) && !record.Has(WriteTs))
        {
            return IsLoadedScript(record);
        }

        foreach (int field in Telling)
        {
            if (record.Has(field))
            {
                return true;
            }
        }

        return IsShort(record);
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
