namespace CipherWatch.Core.Telemetry.Linux.Syslog;

/// <summary>Reads what one family of daemons says of its sessions; whether it made observations.</summary>
internal delegate bool DaemonReads(in DaemonLine line, RecordContext context);

/// <summary>The daemons that open encrypted sessions and say so in their logs, by the names they log under.</summary>
internal static class Daemons
{
    private static readonly (string Name, DaemonReads Reads)[] Known =
    [
        ("sshd", SshDaemons.OpenSsh), ("sshd-session", SshDaemons.OpenSsh), ("sshd-auth", SshDaemons.OpenSsh), ("dropbear", SshDaemons.Dropbear),
        ("openvpn", OpenVpnDaemon.Reads), ("ovpn-server", OpenVpnDaemon.Reads), ("stunnel", TunnelDaemons.Stunnel), ("stunnel4", TunnelDaemons.Stunnel),
        ("charon", IpsecDaemons.StrongSwan), ("charon-systemd", IpsecDaemons.StrongSwan), ("charon-nm", IpsecDaemons.StrongSwan),
        ("ipsec", IpsecDaemons.StrongSwan), ("pluto", IpsecDaemons.Libreswan), ("kernel", TunnelDaemons.WireGuard),
        ("wireguard", TunnelDaemons.WireGuard), ("ss-server", ProxyDaemons.Shadowsocks), ("ss-local", ProxyDaemons.Shadowsocks),
        ("ss-redir", ProxyDaemons.Shadowsocks), ("ss-tunnel", ProxyDaemons.Shadowsocks), ("ssserver", ProxyDaemons.Shadowsocks),
        ("sslocal", ProxyDaemons.Shadowsocks), ("v2ray", ProxyDaemons.V2Ray), ("xray", ProxyDaemons.V2Ray),
    ];

    private static readonly FieldNames Names = new([.. Known.Select(known => known.Name)]);

    /// <summary>Reads a line if its program is one of them; whether it made observations.</summary>
    public static bool Read(in DaemonLine line, RecordContext context)
    {
        int place = Names.Find(line.Program);
        if (place < 0 && line.Program.StartsWith("ovpn-"u8))
        {
            // Debian's units log under the name of the configuration.
            return OpenVpnDaemon.Reads(line, context);
        }

        return place >= 0 && Known[place].Reads(line, context);
    }
}
