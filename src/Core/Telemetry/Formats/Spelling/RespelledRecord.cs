using System.Buffers;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Formats.Spelling;

/// <summary>
/// A record whose names were changed on its way: dotted, nested, flattened, with Log Analytics' suffixes or GELF's underscores, or
/// moved by a module of Filebeat's. It is written out plain, and read as that.
/// </summary>
internal static class RespelledRecord
{
    private const int MaxPathBytes = 256;

    /// <summary>Names that tell, as they stand in dotted and in flattened records; Sysmon's are found in all its events.</summary>
    private static readonly string[] Dotted =
    [
        "winlog.event_id", "winlog.channel", "winlog.event_data.UtcTime", "winlog.event_data.ProcessGuid", "EventData.UtcTime",
        "event_data.UtcTime",
        "Event.System.EventID", "Event.System.Channel", "data.win.system.eventID", "data.win.system.channel", "properties.ActionType",
        "flow.bytes_toserver", "flow.pkts_toserver", "flow.start", "netflow.bytes",
        "tcp.tcp_flags_ts", "tls.sni", "tls.version", "quic.version", "http.hostname", "zeek.session_id", "suricata.eve.event_type",
        "event.original",
    ];

    /// <summary>Names that tell when a letter for their type stands behind them.</summary>
    private static readonly string[] Suffixed =
    [
        "EventID_d", "EventID_s", "EventId_d", "EventId_s", "event_id_d", "event_id_s", "Channel_s", "channel_s", "log_name_s",
        "_path_s", "id_orig_h_s", "uid_s", "event_type_s", "src_ip_s", "winlog_event_id_d", "winlog_event_id_s", "winlog_channel_s",
        "src_addr_s", "ip_src_s", "src4_addr_s", "SrcAddr_s", "SrcIP_s", "ActionType_s", "properties_ActionType_s", "eventMessage_s",
        "LogName_s",
    ];

    public static readonly TopLevelFields TopLevel = new()
    {
        Tells =
        [
            "id", "zeek", "suricata", "short_message", .. Dotted, .. Dotted.Select(name => name.Replace('.', '_')), .. Suffixed,
        ],
    };

    private static readonly int[] Told = TopLevel.At(TopLevel.Tells);
    private static readonly int Id = TopLevel.At("id");
    private static readonly int Zeek = TopLevel.At("zeek");
    private static readonly int Suricata = TopLevel.At("suricata");
    private static readonly int ShortMessage = TopLevel.At("short_message");
    private static readonly int Event = TopLevel.At("event");
    private static readonly int ZeekTime = TopLevel.At("ts");
    private static readonly int OpenSuricata = TopLevel.At("event_type");
    private static readonly FieldNames Original = new("original");

    private static readonly ReaderState<RecordLeaves> Leaves = new(() => new());

    /// <summary>Some name tells that names were changed.</summary>
    public static bool Fits(in JsonRecord record)
    {
        if (!record.IsTold)
        {
            return false;
        }

        for (int tell = 4; tell < Told.Length; tell++)
        {
            // An object is not a name that was joined: it stands where its name says.
            if (record.Has(Told[tell]) && record[Told[tell]].Form != FieldForm.Object)
            {
                return true;
            }
        }

        return (record[Id].Form == FieldForm.Object && record.Has(ZeekTime)) || record[Zeek].Form == FieldForm.Object
            || record[Suricata].Form == FieldForm.Object || (record.Has(ShortMessage) && !record.Has(OpenSuricata));
    }

    /// <summary>Reads the record as it was before.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        ReadOnlySpan<byte> text = record.Text;
        if (record[Event].Form == FieldForm.Object && (record.Has(Zeek) || record.Has(Suricata)))
        {
            // The record itself, where the module kept it: nothing is lost in it.
            FieldSpan original = record.Nested(Event, Original, stackalloc FieldSpan[1])[0];
            if (original is { IsText: true, Length: > 1 })
            {
                using UnescapedText kept = new(text, original);
                if (context.Inner(kept.Bytes, context) is { } result)
                {
                    return result;
                }
            }
        }

        RecordLeaves leaves = context.Of(Leaves);
        leaves.Collect(text);
        Restore(text, leaves, isGelf: record.Has(ShortMessage));
        ArrayBufferWriter<byte> plain = new(text.Length + 256);
        leaves.Write(text, plain);
        return context.Inner(plain.WrittenSpan, context)
            ?? RecordResult.DeadLettered(SourceNames.Unrecognised, "Records are nested in one another too deep.");
    }

    private static void Restore(ReadOnlySpan<byte> text, RecordLeaves leaves, bool isGelf)
    {
        bool isSuffixed = IsSuffixed(leaves);
        Span<byte> scratch = stackalloc byte[MaxPathBytes];
        Span<byte> copy = stackalloc byte[MaxPathBytes];
        for (int leaf = 0; leaf < leaves.Count; leaf++)
        {
            ReadOnlySpan<byte> path = leaves.Path(leaf);
            if (path.Length > copy.Length)
            {
                continue;
            }

            // The path lies in the memory that the new one is added to.
            path.CopyTo(copy);
            ReadOnlySpan<byte> name = copy[..path.Length];
            if (isGelf)
            {
                name = Gelf(leaves, leaf, name);
            }
            else if (isSuffixed)
            {
                // The table that the store keeps it in says nothing of the record.
                name = name.SequenceEqual("Type"u8) ? default : FlattenedNames.WithoutType(name);
            }

            leaves.Rename(leaf, name.Contains((byte)'.') ? name : FlattenedNames.Path(name, scratch));
        }

        ModuleNames.TryRestore(text, leaves);
    }

    /// <summary>GELF's own fields have no underscore; the record's have one before them.</summary>
    private static ReadOnlySpan<byte> Gelf(RecordLeaves leaves, int leaf, ReadOnlySpan<byte> name)
    {
        if (name is [(byte)'_', .. { Length: > 0 } own])
        {
            return own;
        }

        leaves.Yield(leaf);
        return name.SequenceEqual("host"u8) ? "Hostname"u8
            : name.SequenceEqual("full_message"u8) || name.SequenceEqual("short_message"u8) ? "message"u8
            : name.SequenceEqual("timestamp"u8) ? "@timestamp"u8
            : name;
    }

    private static bool IsSuffixed(RecordLeaves leaves)
    {
        for (int leaf = 0; leaf < leaves.Count; leaf++)
        {
            if (SuffixedNames.Find(leaves.Path(leaf)) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static readonly FieldNames SuffixedNames = new(Suffixed);
}
