using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Linux.Syslog;

/// <summary>strongSwan's charon and libreswan's pluto: security associations, and who began them.</summary>
internal static class IpsecDaemons
{
    private const ushort IkePort = 500;

    /// <summary>Reads a line of charon. Source: the messages of strongSwan's <c>ike_sa.c</c> and the IKE tasks.</summary>
    public static bool StrongSwan(in DaemonLine line, RecordContext context)
    {
        ReadOnlySpan<byte> message = line.Message;
        ReadOnlySpan<byte> between = Peer.Behind(message, " established between "u8);
        if (!between.IsEmpty && message.IndexOf("IKE_SA "u8) >= 0)
        {
            // 198.51.100.1[me]...203.0.113.5[peer]: the brackets hold names.
            int dots = between.IndexOf("]..."u8);
            int named = between.IndexOf((byte)'[');
            return dots > 0 && named > 0
                && (Peer.TryBracket(between[..named], out Peer own) & Peer.TryBracket(between[(dots + 4)..], out Peer peer)
                    ? Emit(line, With(peer), With(own), FlowDirection.Unknown, Handshake.Established, context)
                    : context.Wrong("established between", "no two IP addresses"));
        }

        ReadOnlySpan<byte> to = message.IndexOf("initiating "u8) >= 0 ? Peer.Behind(message, " to "u8) : default;
        if (!to.IsEmpty)
        {
            return Peer.TryBracket(to, out Peer peer)
                ? Emit(line, With(peer), default, FlowDirection.Outbound, Handshake.Hello, context)
                : message.IndexOf("IKE_SA"u8) > 0 && context.Wrong("to", "no IP address");
        }

        int began = message.IndexOf(" is initiating "u8);
        int start = began < 0 ? -1 : message[..began].LastIndexOf((byte)' ') + 1;
        return began > 0
            && (Peer.TryBracket(message[start..began], out Peer client)
                ? Emit(line, With(client), default, FlowDirection.Inbound, Handshake.Hello, context)
                : message[began..].IndexOf("IKE_SA"u8) > 0 && context.Wrong("initiating", "no IP address"));
    }

    /// <summary>Reads a line of pluto. Source: the messages of libreswan's <c>programs/pluto</c>.</summary>
    public static bool Libreswan(in DaemonLine line, RecordContext context)
    {
        ReadOnlySpan<byte> message = line.Message;
        bool isEstablished = message.IndexOf(" SA established"u8) > 0 || message.IndexOf("established IKE SA"u8) > 0
            || message.IndexOf("established Child SA"u8) > 0;
        bool isInitiating = message.IndexOf("initiating "u8) > 0;
        ReadOnlySpan<byte> unknown = Peer.Behind(message, "from unknown peer "u8);
        if (!isEstablished && !isInitiating && unknown.IsEmpty)
        {
            return false;
        }

        FlowDirection direction = isInitiating ? FlowDirection.Outbound : !unknown.IsEmpty ? FlowDirection.Inbound : FlowDirection.Unknown;
        return TryPeer(message, unknown, out Peer peer)
            ? Emit(line, With(peer), default, direction, isEstablished ? Handshake.Established : Handshake.Hello, context)
            : NamesPeer(message, unknown) && context.Wrong("peer", "no IP address");
    }

    /// <summary>The peer stands behind the connection's instance (<c>"conn"[2] 203.0.113.5 #3: …</c>), or in the text.</summary>
    private static bool TryPeer(ReadOnlySpan<byte> message, ReadOnlySpan<byte> unknown, out Peer peer)
    {
        ReadOnlySpan<byte> instance = Peer.Behind(message, "] "u8);
        return (!unknown.IsEmpty && Peer.TryColon(unknown, out peer))
            || Peer.TryColon(instance, out peer)
            || (Peer.Behind(message, "NATD="u8) is { IsEmpty: false } nat && Peer.TryColon(nat, out peer))
            || Peer.TryColon(Peer.Behind(message, " to "u8), out peer)
            || Peer.TryColon(Peer.Behind(message, " with "u8), out peer);
    }

    /// <summary>Whether a peer has its place in a line: not every association is logged with one.</summary>
    private static bool NamesPeer(ReadOnlySpan<byte> message, ReadOnlySpan<byte> unknown)
    {
        ReadOnlySpan<byte> instance = Peer.Behind(message, "] "u8);
        ReadOnlySpan<byte> nat = Peer.Behind(message, "NATD="u8);
        int end = instance.IndexOf((byte)' ');
        return !unknown.IsEmpty || message.IndexOf(" connection to "u8) > 0 || (!nat.IsEmpty && !nat.StartsWith("none"u8))
            || (end > 0 && instance[(end + 1)..].StartsWith("#"u8));
    }

    private static Peer With(Peer peer) => peer.Port == 0 ? peer with { Port = IkePort } : peer;

    private static bool Emit(
        in DaemonLine line, Peer peer, Peer own, FlowDirection direction, Handshake handshake, RecordContext context) =>
        DaemonObservations.Connection(
            line, DaemonObservations.Flow(
                peer, own, direction, Protocols.Udp) with
            { Application = "ipsec", Handshake = handshake }, context);
}
