using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux.Syslog;

/// <summary>Reads what one family of daemons says of its sessions; whether it made observations.</summary>
internal delegate bool DaemonReads(in DaemonLine line, RecordContext context);

/// <summary>The daemons that open encrypted sessions and say so in their logs, by the names they log under.</summary>
internal static class Daemons
{
    private static readonly (string Name, DaemonReads Reads)[] Known =
    [
        ("sshd", SshDaemons.OpenSsh), ("sshd-session", SshDaemons.OpenSsh), ("sshd-auth", SshDaemons.OpenSsh),
        ("dropbear", SshDaemons.Dropbear),
        ("openvpn", OpenVpnDaemon.Reads), ("ovpn-server", OpenVpnDaemon.Reads), ("stunnel", TunnelDaemons.Stunnel),
        ("stunnel4", TunnelDaemons.Stunnel),
        ("charon", IpsecDaemons.StrongSwan), ("charon-systemd", IpsecDaemons.StrongSwan), ("charon-nm", IpsecDaemons.StrongSwan),
        ("ipsec", IpsecDaemons.StrongSwan), ("pluto", IpsecDaemons.Libreswan), ("kernel", TunnelDaemons.WireGuard),
        ("wireguard", TunnelDaemons.WireGuard), ("ss-server", ProxyDaemons.Shadowsocks), ("ss-local", ProxyDaemons.Shadowsocks),
        ("ss-redir", ProxyDaemons.Shadowsocks), ("ss-tunnel", ProxyDaemons.Shadowsocks), ("ssserver", ProxyDaemons.Shadowsocks),
        ("sslocal", ProxyDaemons.Shadowsocks), ("v2ray", ProxyDaemons.V2Ray), ("xray", ProxyDaemons.V2Ray),
    ];

    private static readonly FieldNames Names = new([.. Known.Select(known => known.Name)]);

    /// <summary>Whether a program is one of them.</summary>
    public static bool Knows(ReadOnlySpan<byte> program) => Names.Find(program) >= 0 || program.StartsWith("ovpn-"u8);

    /// <summary>Whether a daemon's message may tell of a session: nearly none of the kernel's does.</summary>
    public static bool MayTell(ReadOnlySpan<byte> program, ReadOnlySpan<byte> message) =>
        !program.SequenceEqual("kernel"u8) || message.IndexOf(TunnelDaemons.OfKernel) >= 0;

    /// <summary>Reads a line: skipped where its program is none of them, or it tells of no session.</summary>
    public static RecordResult Result(in DaemonLine line, RecordContext context)
    {
        context.Values(line.Message);
        bool isRead = Read(line, context);
        return context.Fault is { } fault ? RecordResult.DeadLettered(SourceNames.Syslog, fault)
            : isRead ? RecordResult.Observed(SourceNames.Syslog)
            : RecordResult.Skipped(SourceNames.Syslog);
    }

    private static bool Read(in DaemonLine line, RecordContext context)
    {
        if (!Knows(line.Program))
        {
            return false;
        }

        int place = Names.Find(line.Program);
        // Debian's units of OpenVPN log under the name of the configuration.
        DaemonReads reads = place < 0 ? OpenVpnDaemon.Reads : Known[place].Reads;
        bool isFolded = line.Message.StartsWith("message repeated "u8) && line.Message.IndexOf(": ["u8) > 0;
        return isFolded ? reads(Unfolded(line), context) : reads(line, context);
    }

    /// <summary>rsyslog folds what comes again and again: <c>message repeated 3 times: [ … ]</c>.</summary>
    private static DaemonLine Unfolded(in DaemonLine line) =>
        line with { Message = Peer.Behind(line.Message, ": ["u8).Trim(" ]"u8) };
}
