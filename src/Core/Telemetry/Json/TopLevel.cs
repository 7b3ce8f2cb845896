using CipherWatch.Core.Telemetry.Text;
using CipherWatch.Core.Telemetry.Windows;

namespace CipherWatch.Core.Telemetry.Json;

/// <summary>
/// The field names at the top level of every JSON format there is, in one list, so that one pass both tells the format and
/// finds its fields. The first places are <see cref="SysmonField"/>, in its order, for the flat renderings.
/// </summary>
internal static class TopLevel
{
    /// <summary>Names that tell formats apart, after Sysmon's own.</summary>
    private static readonly string[] Others =
    [
        // Windows event renderings and envelopes
        "Channel", "SourceName", "ProviderGuid", "EventID", "Hostname", "EventTime", "TimeCreated", "@timestamp", "log_name",
        "source_name", "event_id", "computer_name", "event_data", "winlog", "records",

        // Zeek
        "_path", "ts", "uid", "id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p", "proto", "service", "duration", "orig_bytes",
        "resp_bytes", "orig_pkts", "resp_pkts", "conn_state", "history", "missed_bytes", "orig_ip_bytes", "community_id",
        "version", "cipher", "server_name", "resumed", "established", "ssl_history", "last_alert",
        "id_orig_h", "id_orig_p", "id_resp_h", "id_resp_p", "_write_ts",

        // Our own payload sample
        "cipherwatch",

        // Zeek, further fields: what else is read, and what tells a log without a path
        "resp_ip_bytes", "ip_proto", "uids", "fuid", "conn_uids", "certificate.serial", "note", "software_type", "orig_hw", "ts_delta", "compile_ts",
        "filter", "peer", "@stream", "name", "cipher_alg", "auth_attempts", "client_initial_dcid", "request_body_len", "is_orig", "seen_bytes", "entropy",
        "analyzer", "analyzer_kind", "analyzer_name", "cause", "port_num", "certStatus", "src", "dst", "level", "node",

        // Payload sample
        "time", "sensor", "host", "communityId", "srcIp", "srcPort", "dstIp", "dstPort", "protocol", "direction", "offset",
        "startSeen", "length", "bytes", "histogram", "handshake",

        // Suricata EVE
        "timestamp", "event_type", "flow_id", "src_ip", "src_port", "dest_ip", "dest_port", "icmp_type", "icmp_code", "app_proto", "flow",
        "netflow", "tcp", "tls", "quic", "ssh", "http", "fileinfo", "alert", "payload", "payload_length", "stream", "metadata", "anomaly",

        // NetFlow and IPFIX collectors, Joy, nDPI
        .. Network.Exporters.ExporterSpellings.Rows.Select(row => row.Name), "flows",
        "sa", "da", "pr", "sp", "dp", "ts", "te", "time_start", "time_end", "bytes_out", "bytes_in", "num_pkts_out", "num_pkts_in",
        "ob", "ib", "op", "ip", "byte_dist", "bd", "be", "total_entropy", "tbe", "ndpi", "dst_ip", "l4_proto", "first_seen", "last_seen", "xfer",

        // Azure flow logs and table rows
        "flowRecords", "category", "properties", "Type", "EventSchema", "SrcIpAddr", "DstIpAddr", "SrcPortNumber", "DstPortNumber",
        "NetworkProtocol", "NetworkApplicationProtocol", "NetworkDuration", "SrcBytes", "DstBytes", "SrcPackets", "DstPackets",
        "EventStartTime", "TimeGenerated", "DvcAction", "Computer", "Direction", "ProcessName", "BytesSent", "BytesReceived",
        "LinksEstablished", "RemoteDnsCanonicalNames",

        // Windows event renderings, further names: table rows, Fluent Bit, Vector, EVTX dumps, ECS, Azure diagnostics, Defender
        "Computer", "ComputerName", "EventLog", "ProviderName", "TimeGenerated", "EventData", "ParameterXml", "RenderedDescription",
        "RawEventData", "StringInserts", "channel", "computer", "timestamp", "xml", "Event", "category", "properties", "process", "Type", "DeviceName", "ActionType",
        "file", "dll", "source", "destination", "network", "dns", "user",

        // Fields that hold a record of another format, as text or as an object
        "SyslogMessage", "System", "message", "Message", "MESSAGE", "log", "msg", "raw", "RawData", "body", "event", "data", "_source", "_raw", "result",
    ];

    /// <summary>The names, Sysmon's first.</summary>
    public static readonly FieldNames Names = new([.. Enum.GetNames<SysmonField>(), .. Others]);

    public static readonly int Channel = At("Channel");
    public static readonly int SourceName = At("SourceName");
    public static readonly int EventId = At("EventID");
    public static readonly int Hostname = At("Hostname");
    public static readonly int EventTime = At("EventTime");
    public static readonly int TimeCreated = At("TimeCreated");
    public static readonly int AtTimestamp = At("@timestamp");
    public static readonly int LogName = At("log_name");
    public static readonly int BeatEventId = At("event_id");
    public static readonly int ComputerName = At("computer_name");
    public static readonly int EventData = At("event_data");
    public static readonly int Winlog = At("winlog");
    public static readonly int Records = At("records");
    public static readonly int ZeekPath = At("_path");
    public static readonly int ZeekStream = At("@stream");
    public static readonly int ZeekUid = At("uid");
    public static readonly int CipherWatch = At("cipherwatch");
    public static readonly int Computer = At("Computer");
    public static readonly int ComputerNameColumn = At("ComputerName");
    public static readonly int EventLog = At("EventLog");
    public static readonly int ProviderName = At("ProviderName");
    public static readonly int TimeGenerated = At("TimeGenerated");
    public static readonly int EventDataColumn = At("EventData");
    public static readonly int ParameterXml = At("ParameterXml");
    public static readonly int RenderedDescription = At("RenderedDescription");
    public static readonly int RawEventData = At("RawEventData");
    public static readonly int StringInserts = At("StringInserts");
    public static readonly int LowerChannel = At("channel");
    public static readonly int LowerComputer = At("computer");
    public static readonly int Timestamp = At("timestamp");
    public static readonly int LowerXml = At("xml");
    public static readonly int Event = At("Event");
    public static readonly int Category = At("category");
    public static readonly int Properties = At("properties");
    public static readonly int Type = At("Type");
    public static readonly int DeviceName = At("DeviceName");
    public static readonly int ActionType = At("ActionType");
    public static readonly int Process = At("process");
    public static readonly int File = At("file");
    public static readonly int Dll = At("dll");
    public static readonly int LowerSource = At("source");
    public static readonly int Destination = At("destination");
    public static readonly int LowerNetwork = At("network");
    public static readonly int Dns = At("dns");
    public static readonly int LowerUser = At("user");
    public static readonly int Time = At("time");

    /// <summary>The place of a name in the list.</summary>
    /// <exception cref="ArgumentException">The list does not have the name.</exception>
    public static int At(string name)
    {
        int index = Names.Find(System.Text.Encoding.UTF8.GetBytes(name));
        return index >= 0 ? index : throw new ArgumentException($"'{name}' is not in the list of top-level names.", nameof(name));
    }

    /// <summary>Whether a field may decide that its record is irrelevant.</summary>
    public static bool Decides(int field) => Deciding[field];

    private static readonly bool[] Deciding = DecidingFields();

    private static bool[] DecidingFields()
    {
        bool[] decides = new bool[Names.Count];
        foreach (int field in (ReadOnlySpan<int>)[Channel, EventLog, EventId, LogName, LowerChannel, BeatEventId])
        {
            decides[field] = true;
        }

        return decides;
    }
}
