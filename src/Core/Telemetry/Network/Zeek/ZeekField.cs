namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>The fields of Zeek's logs that are read, whatever log they stand in.</summary>
internal enum ZeekField
{
    Ts,
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
    CipherAlg,
    AuthAttempts,
    ClientInitialDcid,
    Host,
    RequestBodyLen,
    Name,
    Fuid,
    ConnUids,
    IsOrig,
    SeenBytes,
    Entropy,
}

/// <summary>How Zeek spells its fields.</summary>
internal static class ZeekFields
{
    /// <summary>The names of the TSV columns, and of JSON unless its keys have been flattened.</summary>
    public static readonly FieldNames Names = FieldNames.Of(
        (ZeekField.Ts, "ts"),
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
        (ZeekField.SslHistory, "ssl_history"),
        (ZeekField.CipherAlg, "cipher_alg"),
        (ZeekField.AuthAttempts, "auth_attempts"),
        (ZeekField.ClientInitialDcid, "client_initial_dcid"),
        (ZeekField.Host, "host"),
        (ZeekField.RequestBodyLen, "request_body_len"),
        (ZeekField.Name, "name"),
        (ZeekField.Fuid, "fuid"),
        (ZeekField.ConnUids, "conn_uids"),
        (ZeekField.IsOrig, "is_orig"),
        (ZeekField.SeenBytes, "seen_bytes"),
        (ZeekField.Entropy, "entropy"));

    /// <summary>How Zeek spells a field.</summary>
    public static string NameOf(ZeekField field) => Names[(int)field];
}
