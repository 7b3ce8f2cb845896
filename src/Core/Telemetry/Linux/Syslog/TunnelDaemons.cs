using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Linux.Syslog;

/// <summary>stunnel, and WireGuard in the kernel.</summary>
internal static class TunnelDaemons
{
    /// <summary>What the kernel's lines of WireGuard hold.</summary>
    public static ReadOnlySpan<byte> OfKernel => "wireguard: "u8;

    /// <summary>
    /// Reads a line of stunnel. Source: the messages of its <c>client.c</c>. TLS is on either of its sides, and is not said here.
    /// </summary>
    public static bool Stunnel(in DaemonLine line, RecordContext context)
    {
        ReadOnlySpan<byte> accepted = Peer.Behind(line.Message, " accepted connection from "u8);
        ReadOnlySpan<byte> connected = Peer.Behind(line.Message, "s_connect: connected "u8);
        bool inbound = !accepted.IsEmpty;
        if (!inbound && connected.IsEmpty)
        {
            return false;
        }

        if (!Peer.TryColon(inbound ? accepted : connected, out Peer peer) || peer.Port == 0)
        {
            return context.Wrong(inbound ? "accepted connection from" : "connected", "no IP address and port");
        }

        FlowFields flow = DaemonObservations.Flow(peer, default, inbound ? FlowDirection.Inbound : FlowDirection.Outbound, Protocols.Tcp);
        return DaemonObservations.Connection(line, flow with { Application = "tls" }, context);
    }

    /// <summary>
    /// Reads a line of WireGuard's, which the kernel writes when its dynamic debugging is on. Source: <c>drivers/net/wireguard</c>.
    /// </summary>
    public static bool WireGuard(in DaemonLine line, RecordContext context)
    {
        ReadOnlySpan<byte> message = Peer.Behind(line.Message, OfKernel);
        int handshake = message.IndexOf(" handshake "u8);
        ReadOnlySpan<byte> peerText = Peer.Behind(message, " peer "u8);
        int open = peerText.IndexOf((byte)'(');
        if (handshake < 0 || open < 0 || peerText[(open + 1)..].StartsWith("(einval"u8))
        {
            return false;
        }

        if (!Peer.TryColon(peerText[(open + 1)..], out Peer peer) || peer.Port == 0)
        {
            return context.Wrong("peer", "no IP address and port");
        }

        bool isSending = message[..handshake].EndsWith("Sending"u8);
        bool isResponse = message[handshake..].StartsWith(" handshake response"u8);
        if (!isResponse && !message[handshake..].StartsWith(" handshake initiation"u8))
        {
            return false;
        }

        // Who sends the first message, and gets the second, opened it.
        FlowFields flow = DaemonObservations.Flow(peer, default, isSending != isResponse ? FlowDirection.Outbound
            : FlowDirection.Inbound, Protocols.Udp);
        return DaemonObservations.Connection(
            line, flow with { Application = "wireguard", Handshake = isResponse ? Handshake.Established : Handshake.Hello }, context);
    }
}
