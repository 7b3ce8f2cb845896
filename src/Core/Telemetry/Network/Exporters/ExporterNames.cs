using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Text;
using Field = CipherWatch.Core.Telemetry.Network.Exporters.ExporterField;

namespace CipherWatch.Core.Telemetry.Network.Exporters;

/// <summary>Finds what exporters write under all the names it has.</summary>
internal static class ExporterNames
{
    /// <summary>What stands in an object of its own: Filebeat writes the names of IPFIX there with underscores.</summary>
    private static readonly (string Name, Field Field)[] Inner =
    [
        .. ExporterSpellings.Rows,
        .. ExporterSpellings.Rows.Where(row => char.IsAsciiLetterLower(row.Name[0])).Select(row => (Name: Underscored(row.Name), row.Field))
            .ExceptBy(ExporterSpellings.Rows.Select(row => row.Name), row => row.Name),
    ];

    private static readonly FieldNames Exporter = new("uptime_millis");

    /// <summary>The names, to be scanned for where a collector puts them into an object of their own.</summary>
    public static readonly FieldNames Nested = new([.. Inner.Select(row => row.Name), "exporter"]);

    /// <summary>How many fields there are.</summary>
    public static readonly int Count = Enum.GetValues<Field>().Length;

    /// <summary>Finds the fields at the top level of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="places">Where it has each of <see cref="ExporterSpellings.Rows"/>.</param>
    /// <param name="fields">The fields, by <see cref="Field"/>; cleared here.</param>
    public static void Find(in JsonRecord record, ReadOnlySpan<int> places, Span<FieldSpan> fields)
    {
        fields.Clear();
        for (int row = 0; row < ExporterSpellings.Rows.Length; row++)
        {
            Take(fields, ExporterSpellings.Rows[row].Field, record[places[row]]);
        }
    }

    /// <summary>Finds the fields of an object that was scanned for <see cref="Nested"/>.</summary>
    public static void FindNested(in JsonRecord record, Span<FieldSpan> fields)
    {
        fields.Clear();
        for (int row = 0; row < Inner.Length; row++)
        {
            Take(fields, Inner[row].Field, record[row]);
        }

        Take(fields, Field.Uptime, record.Nested(Inner.Length, Exporter, stackalloc FieldSpan[1])[0]);
    }

    /// <summary><c>sourceIPv4Address</c> as <c>source_ipv4_address</c>.</summary>
    private static string Underscored(string name) => string.Concat(name.Select((letter, at) =>
        char.IsAsciiLetterUpper(letter) && !char.IsAsciiLetterUpper(name[at - 1]) ? $"_{char.ToLowerInvariant(letter)}"
            : $"{char.ToLowerInvariant(letter)}"));

    private static void Take(Span<FieldSpan> fields, Field field, FieldSpan value)
    {
        if (value.HasValue && value.Length > 0 && !fields[(int)field].HasValue)
        {
            fields[(int)field] = value;
        }
    }
}

/// <summary>The names that collectors give to what exporters write: one table, so that a new spelling is one row.</summary>
/// <remarks>
/// Sources: nfdump's, pmacct's, goflow2's and nProbe's JSON; the field names of the Logstash netflow codec, which differ by
/// exporter; IANA's IPFIX information elements, as YAF and others write them. Filebeat's spelling of those is derived.
/// </remarks>
internal static class ExporterSpellings
{
    /// <summary>
    /// Name and meaning; of several that a record has, the first counts. The names of sources and destinations pair in their order.
    /// </summary>
    public static readonly (string Name, Field Field)[] Rows =
    [
        ("src4_addr", Field.Source), ("src6_addr", Field.Source), ("ip_src", Field.Source), ("src_addr", Field.Source),
        ("ipv4_src_addr", Field.Source), ("ipv6_src_addr", Field.Source), ("IPV4_SRC_ADDR", Field.Source), ("IPV6_SRC_ADDR", Field.Source),
        ("sourceIPv4Address", Field.Source), ("sourceIPv6Address", Field.Source), ("SrcAddr", Field.Source),
        ("dst4_addr", Field.Destination), ("dst6_addr", Field.Destination), ("ip_dst", Field.Destination), ("dst_addr", Field.Destination),
        ("ipv4_dst_addr", Field.Destination), ("ipv6_dst_addr", Field.Destination), ("IPV4_DST_ADDR", Field.Destination),
        ("IPV6_DST_ADDR", Field.Destination), ("destinationIPv4Address", Field.Destination), ("destinationIPv6Address", Field.Destination),
        ("DstAddr", Field.Destination),
        ("src_port", Field.SourcePort), ("port_src", Field.SourcePort), ("l4_src_port", Field.SourcePort),
        ("L4_SRC_PORT", Field.SourcePort), ("sourceTransportPort", Field.SourcePort), ("SrcPort", Field.SourcePort),
        ("dst_port", Field.DestinationPort), ("port_dst", Field.DestinationPort), ("l4_dst_port", Field.DestinationPort),
        ("L4_DST_PORT", Field.DestinationPort), ("destinationTransportPort", Field.DestinationPort), ("DstPort", Field.DestinationPort),
        ("proto", Field.Protocol), ("ip_proto", Field.Protocol), ("protocol", Field.Protocol), ("PROTOCOL", Field.Protocol),
        ("protocolIdentifier", Field.Protocol), ("Proto", Field.Protocol),
        ("icmp_type", Field.IcmpType), ("icmpTypeCodeIPv4", Field.IcmpType), ("icmpTypeCodeIPv6", Field.IcmpType),
        ("ICMP_TYPE", Field.IcmpType), ("icmpTypeIPv4", Field.IcmpType), ("icmpTypeIPv6", Field.IcmpType),
        ("IcmpType", Field.IcmpType), ("IcmpCode", Field.IcmpCode),
        ("icmp_code", Field.IcmpCode), ("icmpCodeIPv4", Field.IcmpCode), ("icmpCodeIPv6", Field.IcmpCode),
        ("first", Field.Start), ("t_first", Field.Start), ("timestamp_start", Field.Start),
        ("time_flow_start_ns", Field.Start), ("flowStartMilliseconds", Field.Start), ("flowStartSeconds", Field.Start),
        ("flowStartMicroseconds", Field.Start), ("flowStartNanoseconds", Field.Start),
        ("FLOW_START_MILLISECONDS", Field.Start), ("FLOW_START_SEC", Field.Start),
        ("TimeFlowStartNs", Field.Start), ("TimeFlowStartMs", Field.Start), ("TimeFlowStart", Field.Start),
        ("last", Field.End), ("t_last", Field.End), ("timestamp_end", Field.End),
        ("time_flow_end_ns", Field.End), ("flowEndMilliseconds", Field.End), ("flowEndSeconds", Field.End),
        ("flowEndMicroseconds", Field.End), ("flowEndNanoseconds", Field.End),
        ("FLOW_END_MILLISECONDS", Field.End), ("FLOW_END_SEC", Field.End),
        ("TimeFlowEndNs", Field.End), ("TimeFlowEndMs", Field.End), ("TimeFlowEnd", Field.End), ("TimeReceived", Field.Received),
        ("first_switched", Field.UptimeStart), ("FIRST_SWITCHED", Field.UptimeStart), ("flowStartSysUpTime", Field.UptimeStart),
        ("last_switched", Field.UptimeEnd), ("LAST_SWITCHED", Field.UptimeEnd), ("flowEndSysUpTime", Field.UptimeEnd),
        ("time_received_ns", Field.Received), ("received", Field.Received), ("t_received", Field.Received),
        ("stamp_inserted", Field.Received), ("timestamp_export", Field.Received), ("@timestamp", Field.Received),
        ("in_bytes", Field.Bytes), ("bytes", Field.Bytes), ("IN_BYTES", Field.Bytes), ("in_octets", Field.Bytes),
        ("IN_OCTETS", Field.Bytes), ("octetDeltaCount", Field.Bytes), ("octetTotalCount", Field.Bytes),
        ("fwd_flow_delta_bytes", Field.Bytes), ("initiatorOctets", Field.Bytes), ("Bytes", Field.Bytes),
        ("out_bytes", Field.ReverseBytes), ("OUT_BYTES", Field.ReverseBytes), ("out_octets", Field.ReverseBytes),
        ("OUT_OCTETS", Field.ReverseBytes), ("reverseOctetDeltaCount", Field.ReverseBytes),
        ("reverseOctetTotalCount", Field.ReverseBytes), ("rev_flow_delta_bytes", Field.ReverseBytes),
        ("responderOctets", Field.ReverseBytes),
        ("in_packets", Field.Packets), ("packets", Field.Packets), ("IN_PKTS", Field.Packets), ("in_pkts", Field.Packets),
        ("IN_PACKETS", Field.Packets), ("packetDeltaCount", Field.Packets), ("packetTotalCount", Field.Packets),
        ("initiatorPackets", Field.Packets), ("Packets", Field.Packets),
        ("out_packets", Field.ReversePackets), ("OUT_PKTS", Field.ReversePackets), ("out_pkts", Field.ReversePackets),
        ("OUT_PACKETS", Field.ReversePackets), ("reversePacketDeltaCount", Field.ReversePackets),
        ("reversePacketTotalCount", Field.ReversePackets), ("responderPackets", Field.ReversePackets),
        ("sampling_rate", Field.Sampling), ("sampling_interval", Field.Sampling), ("SAMPLING_INTERVAL", Field.Sampling),
        ("samplingInterval", Field.Sampling), ("samplingPacketInterval", Field.SamplingRun),
        ("samplingPacketSpace", Field.SamplingSpace),
        ("SamplingRate", Field.Sampling),
        ("application_name", Field.Application), ("L7_PROTO_NAME", Field.Application), ("applicationName", Field.Application),
        ("silkAppLabel", Field.Application),
        ("biflowDirection", Field.Direction), ("BIFLOW_DIRECTION", Field.Direction),
        ("event", Field.Event), ("fw_event", Field.Event), ("firewallEvent", Field.Event),
        ("FIREWALL_EVENT", Field.Event),
        ("fwd_status", Field.ForwardingStatus), ("forwardingStatus", Field.ForwardingStatus),
        ("forwarding_status", Field.ForwardingStatus), ("FORWARDING_STATUS", Field.ForwardingStatus),
        ("payloadEntropy", Field.Entropy), ("reversePayloadEntropy", Field.ReverseEntropy),
    ];
}
