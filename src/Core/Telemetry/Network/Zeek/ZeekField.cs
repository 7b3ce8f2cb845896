using CipherWatch.Core.Telemetry.Text;

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
    Analyzer,
    AnalyzerKind,
    AnalyzerName,
    Cause,
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
        (ZeekField.Entropy, "entropy"),
        (ZeekField.Analyzer, "analyzer"),
        (ZeekField.AnalyzerKind, "analyzer_kind"),
        (ZeekField.AnalyzerName, "analyzer_name"),
        (ZeekField.Cause, "cause"));

    /// <summary>The columns' names where Zeek was told to join names of nested records by an underscore (<c>Log::default_scope_sep</c>).</summary>
    public static readonly FieldNames Joined = new([.. Enumerable.Range(0, Names.Count).Select(place => Flatten(Names[place]))]);

    /// <summary>A name with its parts joined by an underscore, as shippers do whose stores take no point in a name.</summary>
    public static string Flatten(string name) => name.Replace("id.", "id_", StringComparison.Ordinal);

    /// <summary>How Zeek spells a field.</summary>
    public static string NameOf(ZeekField field) => Names[(int)field];
}
