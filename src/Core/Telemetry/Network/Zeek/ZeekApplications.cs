using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>Entries of ssl.log, ssh.log, quic.log and http.log: what a flow speaks, and how far its key exchange went.</summary>
internal static class ZeekApplications
{
    /// <summary>Reads one entry.</summary>
    public static RecordResult Normalize(ZeekLog log, in ZeekRecord record, in ZeekEntry entry, RecordContext context)
    {
        (string name, FlowFields flow) = log switch
        {
            ZeekLog.Ssl => ("ssl", Tls(record, entry)),
            ZeekLog.Ssh => ("ssh", Ssh(record, entry)),
            ZeekLog.Quic => ("quic", Quic(record, entry)),
            _ => ("http", Http(record, entry)),
        };
        context.Emit(ZeekObservation.Create(name, record, entry, flow));
        return RecordResult.Observed(SourceNames.Zeek);
    }

    private static FlowFields Tls(in ZeekRecord record, in ZeekEntry entry)
    {
        bool datagrams = record[ZeekField.Version].Of(record.Text).StartsWith("DTLS"u8);
        return new(entry.Ends(datagrams ? Protocols.Udp : Protocols.Tcp))
        {
            InitiatorKnown = true,
            Application = datagrams ? "dtls" : "tls",
            ServerName = record.String(ZeekField.ServerName),
            Handshake = record switch
            {
                _ when !record.IsTrue(ZeekField.Established) => Handshake.Hello,
                _ when record.IsTrue(ZeekField.Resumed) => Handshake.Resumed,
                _ => Handshake.Established,
            },
        };
    }

    private static FlowFields Http(in ZeekRecord record, in ZeekEntry entry) => new(entry.Ends(Protocols.Tcp))
    {
        InitiatorKnown = true,
        Application = "http",
        ServerName = record.String(ZeekField.Host),
    };

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
