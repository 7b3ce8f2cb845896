using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Exporters;

/// <summary>Flow records of NetFlow and IPFIX collectors as JSON: nfdump, pmacct, goflow2, nProbe, the Logstash codec, Filebeat, super_mediator.</summary>
/// <remarks>
/// The halves of a conversation are separate records; they meet in the flow's facts, which are keyed alike from both ends.
/// </remarks>
internal static class FlowRecord
{
    private static readonly int Netflow = TopLevel.At("netflow");
    private static readonly int Flows = TopLevel.At("flows");
    private static readonly int AtTimestamp = TopLevel.AtTimestamp;

    /// <summary>Pairs of source address names and what must stand beside them, one pair a format.</summary>
    private static readonly (int Source, int Destination)[] Ends =
    [
        (TopLevel.At("src4_addr"), TopLevel.At("dst4_addr")), (TopLevel.At("src6_addr"), TopLevel.At("dst6_addr")),
        (TopLevel.At("ip_src"), TopLevel.At("ip_dst")), (TopLevel.At("src_addr"), TopLevel.At("dst_addr")),
        (TopLevel.At("IPV4_SRC_ADDR"), TopLevel.At("IPV4_DST_ADDR")), (TopLevel.At("IPV6_SRC_ADDR"), TopLevel.At("IPV6_DST_ADDR")),
        (TopLevel.At("ipv4_src_addr"), TopLevel.At("ipv4_dst_addr")), (TopLevel.At("ipv6_src_addr"), TopLevel.At("ipv6_dst_addr")),
        (TopLevel.At("sourceIPv4Address"), TopLevel.At("destinationIPv4Address")),
        (TopLevel.At("sourceIPv6Address"), TopLevel.At("destinationIPv6Address")),
    ];

    /// <summary>A flow record has both addresses under one collector's names, or an object of them.</summary>
    public static bool Fits(in JsonRecord record)
    {
        if (record[Netflow].Form == FieldForm.Object || record[Flows].Form == FieldForm.Object)
        {
            return true;
        }

        foreach ((int source, int destination) in Ends)
        {
            if (record.Has(source) && record.Has(destination))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads one record.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        Span<FieldSpan> fields = stackalloc FieldSpan[ExporterNames.Count];
        int container = record[Netflow].Form == FieldForm.Object ? Netflow : record[Flows].Form == FieldForm.Object ? Flows : -1;
        if (container < 0)
        {
            ExporterNames.Find(record, fields);
        }
        else
        {
            JsonRecord nested = record.Nested(container, ExporterNames.Nested, stackalloc FieldSpan[ExporterNames.Nested.Count]);
            ExporterNames.FindNested(nested, fields);
            if (record.Has(AtTimestamp) && !fields[(int)ExporterField.Received].HasValue)
            {
                fields[(int)ExporterField.Received] = record[AtTimestamp];
            }

            // Options data and templates come through the same pipe, and are of no flow.
            if (!fields[(int)ExporterField.Source].HasValue && !fields[(int)ExporterField.Destination].HasValue)
            {
                return RecordResult.Skipped(SourceNames.Netflow);
            }
        }

        return new ExporterRecord { Text = record.Text, Fields = fields }.Normalize(context);
    }
}
