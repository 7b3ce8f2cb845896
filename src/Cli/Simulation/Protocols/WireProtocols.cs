namespace CipherWatch.Cli.Simulation.Protocols;

/// <summary>The protocols of the fleet, with the names that Zeek 6 and Suricata 7 give them.</summary>
internal static class WireProtocols
{
    public static readonly WireProtocol Tls = new("tcp", "ssl", "tls", TlsExchange.Speak);

    public static readonly WireProtocol Http = new("tcp", "http", "http", WebExchange.Page);

    public static readonly WireProtocol Download = new("tcp", "http", "http", WebExchange.Cabinet);

    public static readonly WireProtocol DebianPackage = new("tcp", "http", "http", WebExchange.DebianPackage);

    public static readonly WireProtocol Metrics = new("tcp", "http", "http", WebExchange.Metrics);

    public static readonly WireProtocol Dns = new("udp", "dns", "dns", DatagramExchange.Dns);

    public static readonly WireProtocol Ntp = new("udp", "ntp", "ntp", DatagramExchange.Ntp);

    public static readonly WireProtocol Quic = new("udp", "quic", "quic", DatagramExchange.Quic);

    public static readonly WireProtocol Call = new("udp", "stun", "failed", DatagramExchange.CallSetup);

    public static readonly WireProtocol Conference = new("udp", "-", "failed", DatagramExchange.Conference);

    public static readonly WireProtocol Heartbeat = new("udp", "-", "failed", DatagramExchange.Heartbeat);

    public static readonly WireProtocol Kerberos = new("tcp", "krb_tcp", "krb5", DirectoryExchange.Kerberos);

    public static readonly WireProtocol Ldap = new("tcp", "ldap_tcp", "ldap", DirectoryExchange.Ldap);

    public static readonly WireProtocol Smb = new("tcp", "smb,gssapi", "smb", DirectoryExchange.Smb);

    public static readonly WireProtocol Rpc = new("tcp", "dce_rpc", "dcerpc", DirectoryExchange.Rpc);

    public static readonly WireProtocol Ssh = new("tcp", "ssh", "ssh", ServerExchange.Ssh);

    public static readonly WireProtocol Postgres = new("tcp", "postgresql", "pgsql", ServerExchange.Postgres);

    public static readonly WireProtocol Redis = new("tcp", "redis", "failed", ServerExchange.Redis);

    public static readonly WireProtocol Syslog = new("tcp", "-", "failed", ServerExchange.Syslog);

    public static readonly WireProtocol Nfs = new("tcp", "-", "nfs", ServerExchange.Nfs);

    public static readonly WireProtocol VmwareFileCopy = new("tcp", "-", "failed", ServerExchange.VmwareFileCopy);

    public static readonly WireProtocol RemoteDesktop = new("tcp", "rdp", "rdp", ServerExchange.RemoteDesktop);

    public static readonly WireProtocol WireGuard = new("udp", "-", "failed", VpnExchange.WireGuard);

    public static readonly WireProtocol OpenVpn = new("udp", "-", "failed", VpnExchange.OpenVpn);

    public static readonly WireProtocol IpsecNat = new("udp", "-", "ikev2", VpnExchange.IpsecNat);

    /// <summary>A messenger's own transport: random from the first byte on, by design.</summary>
    public static readonly WireProtocol Messenger = new("tcp", "-", "failed", OpaqueExchange.Messenger);

    /// <summary>A backup program's own transport: a short header, then blocks that are compressed and encrypted.</summary>
    public static readonly WireProtocol Backup = new("tcp", "-", "failed", OpaqueExchange.Backup);

    /// <summary>A music program's own transport: a short key exchange of its own, then random.</summary>
    public static readonly WireProtocol Music = new("tcp", "-", "failed", OpaqueExchange.Music);

    /// <summary>An implant's: nothing that a sensor would know. The bytes come from the implant.</summary>
    public static readonly WireProtocol Opaque = new("tcp", "-", "failed", (random, _) => OpaqueExchange.Random(random, 600));

    /// <summary>An implant's, inside HTTP.</summary>
    public static readonly WireProtocol OpaqueHttp = new("tcp", "http", "http", WebExchange.Page);
}
