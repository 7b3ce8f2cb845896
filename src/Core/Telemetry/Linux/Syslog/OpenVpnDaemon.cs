using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Linux.Syslog;

/// <summary>OpenVPN. A server writes the client's address before its lines, by which the two ends are told apart.</summary>
/// <remarks>
/// Source: the messages of OpenVPN's <c>ssl.c</c>, <c>socket.c</c>, <c>init.c</c> and <c>crypto.c</c>. With a static key there is no
/// exchange: the line that says so names no peer and is the use of a cipher.
/// </remarks>
internal static class OpenVpnDaemon
{
    private const string StaticKey = "openvpn-static-key";
    private const ushort UsualPort = 1194;

    /// <summary>Reads a line.</summary>
    public static bool Reads(in DaemonLine line, RecordContext context)
    {
        ReadOnlySpan<byte> message = line.Message;
        if (Peer.Behind(message, "Static Key Encryption: Cipher '"u8) is { IsEmpty: false } cipher)
        {
            int end = cipher.IndexOf((byte)'\'');
            return DaemonObservations.Cipher(line, StaticKey, end < 0 ? cipher : cipher[..end], context);
        }

        bool isServer = Client(message, out Peer client);
        ReadOnlySpan<byte> peerText = First(
            Peer.Behind(message, "Peer Connection Initiated with "u8), Peer.Behind(message, "TCP connection established with "u8),
            Peer.Behind(message, "Attempting to establish TCP connection with "u8), Peer.Behind(message, " link remote: "u8));
        bool isExchange = message.IndexOf("Peer Connection Initiated"u8) >= 0 || message.IndexOf("Control Channel: TLS"u8) >= 0
            || message.IndexOf("Data Channel: Cipher '"u8) >= 0 || message.IndexOf("Data Channel Encrypt: Cipher '"u8) >= 0;
        Peer peer = client;
        if (!peerText.IsEmpty && !TryFamily(peerText, out peer))
        {
            return context.Wrong("peer", "no IP address and port");
        }

        if (!isServer && (isExchange || !peerText.IsEmpty) && IsClientLike(message))
        {
            return context.Wrong("client", "no IP address and port");
        }

        if (peer == default || (!isExchange && peerText.IsEmpty))
        {
            return false;
        }

        bool isClient = message.IndexOf("Attempting to establish"u8) >= 0 || message.IndexOf("_CLIENT link remote"u8) >= 0;
        byte? protocol = message.IndexOf("TCP"u8) >= 0 ? Protocols.Tcp : message.IndexOf("UDP"u8) >= 0 ? Protocols.Udp : null;
        FlowDirection direction = isServer ? FlowDirection.Inbound : isClient ? FlowDirection.Outbound : FlowDirection.Unknown;
        peer = peer.Port == 0 ? peer with { Port = UsualPort } : peer;
        FlowFields flow = DaemonObservations.Flow(peer, default, direction, protocol, Protocols.Udp);
        return DaemonObservations.Connection(
            line, flow with { Application = "openvpn", Handshake = isExchange ? Handshake.Established : Handshake.Unknown }, context);
    }

    /// <summary>The client that a server's line begins with: <c>198.51.100.7:41445 …</c>, <c>name/198.51.100.7:41445 …</c>.</summary>
    private static bool Client(ReadOnlySpan<byte> message, out Peer client)
    {
        client = default;
        int end = message.IndexOf((byte)' ');
        if (end < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> word = message[..end];
        int slash = word.LastIndexOf((byte)'/');
        word = word[(slash + 1)..];
        return word.Contains((byte)':') && TryFamily(word, out client) && client.Port != 0;
    }

    /// <summary>Whether a line begins with a word that has a colon in it and none at its end, as a client has.</summary>
    private static bool IsClientLike(ReadOnlySpan<byte> message)
    {
        int end = message.IndexOf((byte)' ');
        int colon = end < 0 ? -1 : message[..end].LastIndexOf((byte)':');
        return colon > 0 && colon < end - 1 && message[0] != (byte)'[';
    }

    /// <summary>Reads <c>[AF_INET]203.0.113.5:1194</c>, with the family before it or not.</summary>
    private static bool TryFamily(ReadOnlySpan<byte> text, out Peer peer)
    {
        int close = text.StartsWith("[AF_"u8) ? text.IndexOf((byte)']') : text.StartsWith("tcp"u8)
            || text.StartsWith("udp"u8) ? text.IndexOf((byte)':') : -1;
        return Peer.TryColon(text[(close + 1)..], out peer);
    }

    private static ReadOnlySpan<byte> First(
        ReadOnlySpan<byte> one, ReadOnlySpan<byte> two, ReadOnlySpan<byte> three, ReadOnlySpan<byte> four) =>
        !one.IsEmpty ? one : !two.IsEmpty ? two : !three.IsEmpty ? three : four;
}
