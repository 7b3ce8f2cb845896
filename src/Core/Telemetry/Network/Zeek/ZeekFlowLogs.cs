using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>Entries about a flow in logs other than conn.log.</summary>
internal static class ZeekFlowLogs
{
    /// <summary>Names in weird.log that say that the capture missed part of a flow; every one is TCP's.</summary>
    private static readonly FieldNames Incomplete = new(
        "above_hole_data_without_any_acks", "possible_split_routing", "data_before_established", "SYN_inside_connection",
        "SYN_seq_jump", "connection_originator_SYN_ack", "TCP_seq_underflow_or_misorder", "TCP_ack_underflow_or_misorder");

    /// <summary>Analysers that read TCP alone, for versions that do not write the transport.</summary>
    private static readonly FieldNames OverTcp = new("SSL", "HTTP", "SSH");

    /// <summary>ssl.log, ssh.log, quic.log and http.log: what a flow speaks, and how far its key exchange went.</summary>
    public static RecordResult Application(ZeekLog log, in ZeekRecord record, in ZeekEntry entry, RecordContext context)
    {
        (string name, FlowFields flow) = log switch
        {
            ZeekLog.Ssl => ("ssl", Tls(record, entry)),
            ZeekLog.Ssh => ("ssh", Ssh(record, entry)),
            ZeekLog.Quic => ("quic", Quic(record, entry)),
            _ => ("http", Http(record, entry)),
        };
        return record.Emit(record.Observe(name, entry, flow), context);
    }

    /// <summary>
    /// dpd.log and analyzer.log: an analyser that gave a flow up. Its bytes are not, or no longer, of that protocol; that there
    /// was no key exchange does not follow, because another analyser may have found one.
    /// </summary>
    public static RecordResult Violation(in ZeekRecord record, in ZeekEntry entry, RecordContext context)
    {
        FieldSpan kind = record[ZeekField.AnalyzerKind];
        FieldSpan cause = record[ZeekField.Cause];
        FieldSpan analyzer = record[record[ZeekField.AnalyzerName].HasValue ? ZeekField.AnalyzerName : ZeekField.Analyzer];
        ReadOnlySpan<byte> name = analyzer.Of(record.Text);
        byte? protocol = record[ZeekField.Proto] is { HasValue: true } transport ? transport.Protocol(record.Text)
            : OverTcp.Find(name) >= 0 ? Protocols.Tcp : null;

        // Analysers of packets and files say nothing of a flow, and a confirmation stands in conn.log's service.
        if (protocol is null || name.IsEmpty || (kind.HasValue && !kind.Is(record.Text, "protocol"u8))
            || (cause.HasValue && !cause.Is(record.Text, "violation"u8)))
        {
            return RecordResult.Skipped(SourceNames.Zeek);
        }

        FlowFields flow = new(entry.Ends(protocol.Value))
        {
            InitiatorKnown = true,
            RuledOut = ZeekServices.Named(ApplicationNames.Of(name)),
        };
        return record.Emit(record.Observe("dpd", entry, flow), context);
    }

    /// <summary>
    /// weird.log. A few names say that the capture missed part of a flow, so that what is missing from it proves nothing; the
    /// rest say nothing of encryption.
    /// </summary>
    public static RecordResult Weird(in ZeekRecord record, in ZeekEntry entry, RecordContext context)
    {
        if (Incomplete.Find(record[ZeekField.Name].Of(record.Text)) < 0)
        {
            return RecordResult.Skipped(SourceNames.Zeek);
        }

        FlowFields flow = new(entry.Ends(Protocols.Tcp)) { InitiatorKnown = true, Handshake = Handshake.Unseen };
        return record.Emit(record.Observe("weird", entry, flow), context);
    }

    /// <summary>dns.log: the addresses that a name resolved to, for the host that asked.</summary>
    /// <param name="record">The entry.</param>
    /// <param name="entry">What it starts with.</param>
    /// <param name="answers">The addresses in its answer.</param>
    /// <param name="context">Where the observation goes.</param>
    public static RecordResult Dns(
        in ZeekRecord record, in ZeekEntry entry, IReadOnlyList<IpAddress> answers, RecordContext context) => record.Emit(
        record.Observe(
            "dns", entry, new(entry.Ends(record[ZeekField.Proto].Protocol(record.Text) ?? Protocols.Udp)) { InitiatorKnown = true }) with
        {
            Kind = ObservationKind.Dns,
            QueryName = record.String(ZeekField.Query),
            Answers = answers,
        },
        context);

    private static FlowFields Tls(in ZeekRecord record, in ZeekEntry entry)
    {
        bool established = record.IsTrue(ZeekField.Established);
        bool resumed = record.IsTrue(ZeekField.Resumed);
        bool datagrams = record[ZeekField.Version].Of(record.Text).StartsWith("DTLS"u8);
        return new(entry.Ends(datagrams ? Protocols.Udp : Protocols.Tcp))
        {
            InitiatorKnown = true,
            Application = datagrams ? "dtls" : "tls",
            ServerName = record.String(ZeekField.ServerName),
            Handshake = record switch
            {
                _ when !established => Handshake.Hello,
                _ when resumed => Handshake.Resumed,
                _ => Handshake.Established,
            },
        };
    }

    /// <summary>A request that asks for an authority or a whole URL is one to a proxy: its name is that of the server behind.</summary>
    private static FlowFields Http(in ZeekRecord record, in ZeekEntry entry)
    {
        bool proxied = RequestTarget.TryParse(
            record[ZeekField.Method].Of(record.Text), record[ZeekField.Uri].Of(record.Text), out RequestTarget target);
        return new(entry.Ends(Protocols.Tcp))
        {
            InitiatorKnown = true,
            Application = "http",
            ServerName = proxied ? target.Host : record.String(ZeekField.Host),
            IsProxied = proxied,
            ServerPort = target.Port,
        };
    }

    /// <summary>A cipher stands in the entry once both sides' key exchange messages were seen.</summary>
    private static FlowFields Ssh(in ZeekRecord record, in ZeekEntry entry) => new(entry.Ends(Protocols.Tcp))
    {
        InitiatorKnown = true,
        Application = "ssh",
        Handshake = record[ZeekField.CipherAlg].HasValue ? Handshake.Established : Handshake.Hello,
    };

    /// <summary>The history holds <c>s</c> for a ServerHello and <c>h</c> for a handshake packet of the server.</summary>
    private static FlowFields Quic(in ZeekRecord record, in ZeekEntry entry) => new(entry.Ends(Protocols.Udp))
    {
        InitiatorKnown = true,
        Application = "quic",
        ServerName = record.String(ZeekField.ServerName),
        Handshake = record[ZeekField.History].Of(record.Text).ContainsAny("sh"u8) ? Handshake.Established : Handshake.Hello,
    };
}
