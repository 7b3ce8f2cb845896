using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Linux.Syslog;

/// <summary>OpenSSH's server and dropbear: what they log is of connections that a peer opened. Their clients log nothing.</summary>
internal static class SshDaemons
{
    /// <summary>Reads a line of sshd. Source: the messages of OpenSSH's <c>auth.c</c>, <c>sshd.c</c> and <c>session.c</c>.</summary>
    public static bool OpenSsh(in DaemonLine line, RecordContext context)
    {
        ReadOnlySpan<byte> message = line.Message;

        // Log-in comes after the key exchange, whether it succeeds or not.
        bool isLogin = message.StartsWith("Accepted "u8) || message.StartsWith("Failed "u8) || message.StartsWith("Postponed "u8)
            || message.StartsWith("Invalid user "u8) || message.StartsWith("Starting session"u8);
        if (!isLogin && !message.StartsWith("Connection from "u8))
        {
            return false;
        }

        // A user's name may hold the word: the last one counts, and no name comes after it.
        int from = message.LastIndexOf(" from "u8);
        if (from < 0)
        {
            return false;
        }

        if (!Peer.TryWords(message[(from + 6)..], out Peer peer, out int length))
        {
            return message[from..].IndexOf(" port "u8) > 0 && context.Wrong("from", "no IP address and port");
        }

        ReadOnlySpan<byte> rest = message[(from + 6 + length)..];
        Peer own = default;
        if (rest.StartsWith(" on "u8))
        {
            if (!Peer.TryWords(rest[4..], out own))
            {
                return context.Wrong("on", "no IP address and port");
            }
        }

        FlowFields flow = DaemonObservations.Flow(peer, own, FlowDirection.Inbound, Protocols.Tcp);
        return DaemonObservations.Connection(
            line, flow with { Application = "ssh", Handshake = isLogin ? Handshake.Established : Handshake.Unknown }, context);
    }

    /// <summary>Reads a line of dropbear. Source: the messages of dropbear's <c>svr-auth*.c</c> and <c>svr-main.c</c>.</summary>
    public static bool Dropbear(in DaemonLine line, RecordContext context)
    {
        ReadOnlySpan<byte> message = line.Message;
        bool isLogin = message.IndexOf(" auth succeeded "u8) > 0 || message.StartsWith("Bad password attempt"u8)
            || message.StartsWith("Login attempt "u8) || message.StartsWith("Auth succeeded "u8)
                || message.StartsWith("Bad PAM password"u8);
        if (!isLogin && !message.StartsWith("Child connection from "u8))
        {
            return false;
        }

        int from = message.LastIndexOf(" from "u8);
        if (from < 0)
        {
            return false;
        }

        if (!Peer.TryColon(message[(from + 6)..], out Peer peer))
        {
            return context.Wrong("from", "no IP address and port");
        }

        FlowFields flow = DaemonObservations.Flow(peer, default, FlowDirection.Inbound, Protocols.Tcp);
        return DaemonObservations.Connection(
            line, flow with { Application = "ssh", Handshake = isLogin ? Handshake.Established : Handshake.Unknown }, context);
    }
}
