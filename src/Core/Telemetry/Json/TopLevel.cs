namespace CipherWatch.Core.Telemetry.Json;

/// <summary>
/// The field names at the top level of every JSON format there is, in one list, so that one pass both tells the format and
/// finds its fields. The first places are <see cref="Windows.SysmonField"/>, in its order, for the flat renderings.
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
        "filter", "peer", "name",

        // Payload sample
        "time", "sensor", "host", "communityId", "srcIp", "srcPort", "dstIp", "dstPort", "protocol", "direction", "offset",
        "startSeen", "length", "bytes", "histogram", "handshake",
    ];

    /// <summary>The names, Sysmon's first.</summary>
    public static readonly FieldNames Names = new([.. Enum.GetNames<Windows.SysmonField>(), .. Others]);

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
    public static readonly int ZeekUid = At("uid");
    public static readonly int CipherWatch = At("cipherwatch");

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
        foreach (int field in (ReadOnlySpan<int>)[Channel, EventId, LogName, BeatEventId])
        {
            decides[field] = true;
        }

        return decides;
    }
}
