using System.Buffers.Text;
using System.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Linux.Syslog;

/// <summary>shadowsocks, v2ray and xray. Their keys are shared beforehand: a channel of shadowsocks has no exchange at all.</summary>
/// <remarks>
/// They log where the traffic they carry goes, and which client or server it goes through; never the cipher, but for shadowsocks'
/// line at its start.
/// </remarks>
internal static class ProxyDaemons
{
    private const string Shadow = "shadowsocks";

    /// <summary>Reads a line of shadowsocks-libev or shadowsocks-rust.</summary>
    public static bool Shadowsocks(in DaemonLine line, RecordContext context)
    {
        ReadOnlySpan<byte> message = line.Message;
        ReadOnlySpan<byte> cipher = Peer.Behind(message, "initializing ciphers... "u8);
        if (!cipher.IsEmpty)
        {
            return DaemonObservations.Cipher(line, Shadow, Word(cipher), context);
        }

        // A client says through which server; the server which client it took, and where to it goes on.
        ReadOnlySpan<byte> server = Peer.Behind(message, " through sever "u8);
        server = server.IsEmpty ? Peer.Behind(message, " through server "u8) : server;
        if (!server.IsEmpty && Peer.TryColon(server, out Peer through) && through.Port != 0)
        {
            return Channel(line, through, FlowDirection.Outbound, context);
        }

        if (!server.IsEmpty)
        {
            // A server may be named.
            return Onward(line, server, Protocols.Tcp, Shadow, context);
        }

        ReadOnlySpan<byte> tunnel = Peer.Behind(message, "established tcp tunnel "u8);
        ReadOnlySpan<byte> accepted = Peer.Behind(message, "accepted tcp connection from "u8);
        accepted = accepted.IsEmpty ? Peer.Behind(message, "accepted connection from "u8) : accepted;
        if (!accepted.IsEmpty || !tunnel.IsEmpty)
        {
            return !Peer.TryColon(accepted.IsEmpty ? tunnel : accepted, out Peer client) || client.Port == 0
                ? context.Wrong("client", "no IP address and port")
                : !client.Ip.IsLoopback && Channel(line, client, FlowDirection.Inbound, context);
        }

        return Onward(line, Peer.Behind(message, "connect to "u8), null, Shadow, context);
    }

    /// <summary>Reads a line of v2ray or xray: <c>203.0.113.5:51234 accepted tcp:example.com:443 [tag]</c>.</summary>
    public static bool V2Ray(in DaemonLine line, RecordContext context)
    {
        ReadOnlySpan<byte> message = line.Message;
        int accepted = message.IndexOf(" accepted "u8);
        if (accepted < 0)
        {
            return false;
        }

        int start = message[..accepted].LastIndexOf((byte)' ') + 1;
        ReadOnlySpan<byte> from = Without(message[start..accepted], out _);
        string application = Encoding.UTF8.GetString(line.Program);
        bool any = false;
        if (!Peer.TryColon(from, out Peer client) && from.Contains((byte)':'))
        {
            return context.Wrong("from", "no IP address and port");
        }

        if (client != default && !client.Ip.IsLoopback)
        {
            FlowFields flow = DaemonObservations.Flow(client, default, FlowDirection.Inbound, protocol: null);
            any = DaemonObservations.Connection(line, flow with { Application = application }, context);
        }

        ReadOnlySpan<byte> to = Without(message[(accepted + 10)..], out byte? protocol);
        return Onward(line, to, protocol, application, context) || any;
    }

    /// <summary>A connection that the proxy opens for a client, to an address or a name.</summary>
    private static bool Onward(in DaemonLine line, ReadOnlySpan<byte> to, byte? protocol, string application, RecordContext context)
    {
        to = Word(to);
        int colon = to.LastIndexOf((byte)':');
        if (colon < 1)
        {
            return false;
        }

        if (!Utf8Parser.TryParse(to[(colon + 1)..], out ushort port, out int used) || used == 0)
        {
            return context.Wrong("port", "no port");
        }

        bool isAddress = Peer.TryColon(to, out Peer peer);
        FlowFields flow = DaemonObservations.Flow(isAddress ? peer : new(default, port), default, FlowDirection.Outbound, protocol);
        return DaemonObservations.Connection(
            line, flow with { Application = application, ServerName = isAddress ? null : Encoding.UTF8.GetString(to[..colon]) }, context);
    }

    private static bool Channel(in DaemonLine line, Peer peer, FlowDirection direction, RecordContext context)
    {
        FlowFields flow = DaemonObservations.Flow(peer, default, direction, Protocols.Tcp);
        return DaemonObservations.Connection(line, flow with { Application = Shadow, Handshake = Handshake.None }, context);
    }

    /// <summary>A destination without the transport before it: <c>tcp:</c>, <c>udp:</c>, <c>//</c>.</summary>
    private static ReadOnlySpan<byte> Without(ReadOnlySpan<byte> text, out byte? protocol)
    {
        protocol = text.StartsWith("tcp:"u8) ? Protocols.Tcp : text.StartsWith("udp:"u8) ? Protocols.Udp : null;
        return protocol is not null ? text[4..] : text.StartsWith("//"u8) ? text[2..] : text;
    }

    private static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAny((byte)' ', (byte)',');
        return end < 0 ? text : text[..end];
    }
}
