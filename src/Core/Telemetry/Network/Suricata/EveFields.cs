using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Suricata;

/// <summary>Where the fields of an EVE event stand among the top-level names, and the names within its objects.</summary>
internal static class EveFields
{
    public static readonly TopLevelFields TopLevel = new();

    public static readonly int Timestamp = TopLevel.At("timestamp");
    public static readonly int EventType = TopLevel.At("event_type");
    public static readonly int FlowId = TopLevel.At("flow_id");
    public static readonly int SrcIp = TopLevel.At("src_ip");
    public static readonly int SrcPort = TopLevel.At("src_port");
    public static readonly int DestIp = TopLevel.At("dest_ip");
    public static readonly int DestPort = TopLevel.At("dest_port");
    public static readonly int IcmpType = TopLevel.At("icmp_type");
    public static readonly int IcmpCode = TopLevel.At("icmp_code");
    public static readonly int Proto = TopLevel.At("proto");
    public static readonly int AppProto = TopLevel.At("app_proto");
    public static readonly int Direction = TopLevel.At("direction");
    public static readonly int Flow = TopLevel.At("flow");
    public static readonly int Netflow = TopLevel.At("netflow");
    public static readonly int Tcp = TopLevel.At("tcp");
    public static readonly int Tls = TopLevel.At("tls");
    public static readonly int Quic = TopLevel.At("quic");
    public static readonly int Http = TopLevel.At("http");
    public static readonly int Payload = TopLevel.At("payload");
    public static readonly int PayloadLength = TopLevel.At("payload_length");
    public static readonly int Stream = TopLevel.At("stream");
    public static readonly int Metadata = TopLevel.At("metadata");
    public static readonly int Anomaly = TopLevel.At("anomaly");

    /// <summary>Names within <c>flow</c> and <c>netflow</c>, by <see cref="EveFlowField"/>.</summary>
    public static readonly FieldNames FlowNames = FieldNames.Of(
        (EveFlowField.PktsToServer, "pkts_toserver"),
        (EveFlowField.PktsToClient, "pkts_toclient"),
        (EveFlowField.BytesToServer, "bytes_toserver"),
        (EveFlowField.BytesToClient, "bytes_toclient"),
        (EveFlowField.Start, "start"),
        (EveFlowField.End, "end"),
        (EveFlowField.SrcIp, "src_ip"),
        (EveFlowField.SrcPort, "src_port"),
        (EveFlowField.Pkts, "pkts"),
        (EveFlowField.Bytes, "bytes"));

    /// <summary>
    /// Names within <c>tcp</c>, <c>tls</c>, <c>quic</c>, <c>http</c>, <c>metadata</c> and <c>anomaly</c>, by
    /// <see cref="EveDetailField"/>.
    /// </summary>
    public static readonly FieldNames DetailNames = FieldNames.Of(
        (EveDetailField.FlagsToServer, "tcp_flags_ts"),
        (EveDetailField.FlagsToClient, "tcp_flags_tc"),
        (EveDetailField.GapToServer, "ts_gap"),
        (EveDetailField.GapToClient, "tc_gap"),
        (EveDetailField.Sni, "sni"),
        (EveDetailField.Version, "version"),
        (EveDetailField.SessionResumed, "session_resumed"),
        (EveDetailField.ServerFingerprint, "ja3s"),
        (EveDetailField.Hostname, "hostname"),
        (EveDetailField.Method, "http_method"),
        (EveDetailField.Url, "url"),
        (EveDetailField.Entropy, "entropy"),
        (EveDetailField.Event, "event"));
}

/// <summary>Fields of the <c>flow</c> object.</summary>
internal enum EveFlowField
{
    PktsToServer,
    PktsToClient,
    BytesToServer,
    BytesToClient,
    Start,
    End,
    SrcIp,
    SrcPort,
    Pkts,
    Bytes,
}

/// <summary>Fields of the objects that say more of an event.</summary>
internal enum EveDetailField
{
    FlagsToServer,
    FlagsToClient,
    GapToServer,
    GapToClient,
    Sni,
    Version,
    SessionResumed,
    ServerFingerprint,
    Hostname,
    Method,
    Url,
    Entropy,
    Event,
}
