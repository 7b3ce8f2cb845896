namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>The fields of Zeek's logs that are read, whatever log they stand in.</summary>
internal enum ZeekField
{
    Ts,
    WriteTs,
    Uid,
    OrigH,
    OrigP,
    RespH,
    RespP,
    Proto,
    IpProto,
    Service,
    Duration,
    OrigBytes,
    RespBytes,
    ConnState,
    MissedBytes,
    History,
    OrigPkts,
    OrigIpBytes,
    RespPkts,
    RespIpBytes,
    Version,
    ServerName,
    Resumed,
    Established,
    SslHistory,
}

/// <summary>How Zeek spells its fields.</summary>
internal static class ZeekFields
{
    /// <summary>The names of the TSV columns, and of JSON unless its keys have been flattened.</summary>
    public static readonly FieldNames Names = FieldNames.Of(
        (ZeekField.Ts, "ts"),
        (ZeekField.WriteTs, "_write_ts"),
        (ZeekField.Uid, "uid"),
        (ZeekField.OrigH, "id.orig_h"),
        (ZeekField.OrigP, "id.orig_p"),
        (ZeekField.RespH, "id.resp_h"),
        (ZeekField.RespP, "id.resp_p"),
        (ZeekField.Proto, "proto"),
        (ZeekField.IpProto, "ip_proto"),
        (ZeekField.Service, "service"),
        (ZeekField.Duration, "duration"),
        (ZeekField.OrigBytes, "orig_bytes"),
        (ZeekField.RespBytes, "resp_bytes"),
        (ZeekField.ConnState, "conn_state"),
        (ZeekField.MissedBytes, "missed_bytes"),
        (ZeekField.History, "history"),
        (ZeekField.OrigPkts, "orig_pkts"),
        (ZeekField.OrigIpBytes, "orig_ip_bytes"),
        (ZeekField.RespPkts, "resp_pkts"),
        (ZeekField.RespIpBytes, "resp_ip_bytes"),
        (ZeekField.Version, "version"),
        (ZeekField.ServerName, "server_name"),
        (ZeekField.Resumed, "resumed"),
        (ZeekField.Established, "established"),
        (ZeekField.SslHistory, "ssl_history"));

    /// <summary>How Zeek spells a field.</summary>
    public static string NameOf(ZeekField field) => Names[(int)field];
}
