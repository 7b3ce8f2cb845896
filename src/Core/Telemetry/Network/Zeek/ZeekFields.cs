using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>Zeek's logs, as far as they are told apart here.</summary>
internal enum ZeekLog
{
    /// <summary>A log that says nothing of encrypted channels: recognised and skipped.</summary>
    Other,

    /// <summary>Connections.</summary>
    Conn,

    /// <summary>TLS and DTLS handshakes.</summary>
    Ssl,

    /// <summary>SSH.</summary>
    Ssh,

    /// <summary>QUIC.</summary>
    Quic,

    /// <summary>HTTP transactions.</summary>
    Http,

    /// <summary>Name queries.</summary>
    Dns,

    /// <summary>Protocol oddities.</summary>
    Weird,

    /// <summary>Files seen in flows.</summary>
    Files,

    /// <summary>Analysers that gave a flow up: dpd.log, and analyzer.log since Zeek 5.1.</summary>
    Violation,
}

/// <summary>Tells logs apart by their path.</summary>
internal static class ZeekLogs
{
    /// <summary>The log that a path names; a suffix (<c>conn_long</c>, <c>conn_red</c>) is a variant with the same fields.</summary>
    public static ZeekLog ByPath(ReadOnlySpan<byte> path)
    {
        int suffix = path.IndexOf((byte)'_');
        ReadOnlySpan<byte> variant = suffix < 0 ? default : path[suffix..];
        if (!variant.IsEmpty && !variant.SequenceEqual("_long"u8) && !variant.SequenceEqual("_red"u8))
        {
            return ZeekLog.Other;
        }

        ReadOnlySpan<byte> name = suffix < 0 ? path : path[..suffix];
        return Named(name);
    }

    /// <summary>The log that has these fields, for one whose path was lost on the way.</summary>
    /// <param name="present">One bit a <see cref="ZeekField"/>.</param>
    public static ZeekLog ByFields(ulong present)
    {
        bool Has(ZeekField field) => (present & (1UL << (int)field)) != 0;
        return Has(ZeekField.ConnState) ? ZeekLog.Conn
            : Has(ZeekField.Established) && (Has(ZeekField.Version) || Has(ZeekField.Resumed)) ? ZeekLog.Ssl
            : Has(ZeekField.AuthAttempts) ? ZeekLog.Ssh
            : Has(ZeekField.ClientInitialDcid) ? ZeekLog.Quic
            : Has(ZeekField.RequestBodyLen) ? ZeekLog.Http
            : Has(ZeekField.Query) && Has(ZeekField.Answers) ? ZeekLog.Dns
            : Has(ZeekField.Analyzer) || Has(ZeekField.AnalyzerName) ? ZeekLog.Violation
            : Has(ZeekField.SeenBytes) && Has(ZeekField.Fuid) ? ZeekLog.Files
            : ZeekLog.Other;
    }

    private static ZeekLog Named(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("conn"u8) ? ZeekLog.Conn
        : name.SequenceEqual("ssl"u8) ? ZeekLog.Ssl
        : name.SequenceEqual("ssh"u8) ? ZeekLog.Ssh
        : name.SequenceEqual("quic"u8) ? ZeekLog.Quic
        : name.SequenceEqual("http"u8) ? ZeekLog.Http
        : name.SequenceEqual("dns"u8) ? ZeekLog.Dns
        : name.SequenceEqual("weird"u8) ? ZeekLog.Weird
        : name.SequenceEqual("files"u8) ? ZeekLog.Files
        : name.SequenceEqual("dpd"u8) || name.SequenceEqual("analyzer"u8) ? ZeekLog.Violation
        : ZeekLog.Other;
}

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
    Method,
    Uri,
    Query,
    Answers,
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
        (ZeekField.Method, "method"),
        (ZeekField.Uri, "uri"),
        (ZeekField.Query, "query"),
        (ZeekField.Answers, "answers"),
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

    /// <summary>The columns' names where Zeek was told to join nested names by an underscore (<c>Log::default_scope_sep</c>).</summary>
    public static readonly FieldNames Joined = new([.. Enumerable.Range(0, Names.Count).Select(place => Flatten(Names[place]))]);

    /// <summary>A name with its parts joined by an underscore, as shippers do whose stores take no point in a name.</summary>
    public static string Flatten(string name) => name.Replace("id.", "id_", StringComparison.Ordinal);

    /// <summary>How Zeek spells a field.</summary>
    public static string NameOf(ZeekField field) => Names[(int)field];
}
