using System.Globalization;
using CipherWatch.Cli.Simulation.Model;
using CipherWatch.Cli.Simulation.Protocols;

namespace CipherWatch.Cli.Simulation.Behaviour;

/// <summary>
/// Where the fleet connects to. Outside addresses are those reserved for documentation (RFC 5737) and for benchmarks (RFC 2544), but
/// for one public resolver.
/// </summary>
internal static class Places
{
    private const string DomainController = "10.20.0.10";
    private const string FileServer = "10.20.0.11";
    private const string VCenterAddress = "10.20.0.20";

    /// <summary>Web sites: as many as an office sees in a day.</summary>
    public static readonly Destination[] Web =
    [
        .. Enumerable.Range(0, 120).Select(site => new Destination(
            string.Create(CultureInfo.InvariantCulture, $"198.18.{site % 16}.{10 + site}"), 443, WireProtocols.Tls,
            string.Create(CultureInfo.InvariantCulture, $"www.site-{site:000}.example"))),
    ];

    public static readonly Destination[] QuicWeb =
        [new("198.51.100.27", 443, WireProtocols.Quic, "static.cdn.example"),
            new("198.51.100.28", 443, WireProtocols.Quic, "video.example")];

    public static readonly Destination PlainWeb = new("198.51.100.201", 80, WireProtocols.Http, "crl.ca.example");

    public static readonly Destination Mail = new("192.0.2.61", 443, WireProtocols.Tls, "mail.provider.example");

    public static readonly Destination Chat = new("192.0.2.62", 443, WireProtocols.Tls, "chat.provider.example");

    public static readonly Destination Updates = new("192.0.2.33", 443, WireProtocols.Tls, "update.vendor.example");

    public static readonly Destination Packages = new("192.0.2.34", 80, WireProtocols.Download, "download.vendor.example");

    public static readonly Destination CloudFiles = new("192.0.2.45", 443, WireProtocols.Tls, "files.cloud.example");

    public static readonly Destination Calls = new("192.0.2.70", 8801, WireProtocols.Conference, "media.calls.example");

    public static readonly Destination Voice = new("192.0.2.71", 3480, WireProtocols.Call, "relay.provider.example");

    /// <summary>A messenger's server, as many messengers have it: an address without a name, on 443, and no TLS.</summary>
    public static readonly Destination Messenger = new("192.0.2.90", 443, WireProtocols.Messenger);

    public static readonly Destination Music = new("192.0.2.95", 4070, WireProtocols.Music, "ap.music.example");

    public static readonly Destination Resolver = new("9.9.9.9", 443, WireProtocols.Tls, "dns.quad9.net");

    public static readonly Destination Push = new("192.0.2.99", 5223, WireProtocols.Tls, "courier.push.example");

    public static readonly Destination Git = new("192.0.2.110", 443, WireProtocols.Tls, "git.example");

    public static readonly Destination GitSsh = new("192.0.2.110", 22, WireProtocols.Ssh, "git.example");

    public static readonly Destination OddSsh = new("192.0.2.111", 8080, WireProtocols.Ssh, "files.partner.example");

    public static readonly Destination Registry = new("192.0.2.112", 443, WireProtocols.Tls, "registry.example");

    public static readonly Destination Mirror = new("192.0.2.113", 80, WireProtocols.DebianPackage, "deb.mirror.example");

    public static readonly Destination Objects = new("192.0.2.114", 443, WireProtocols.Tls, "s3.cloud.example");

    public static readonly Destination Certificates = new("192.0.2.115", 443, WireProtocols.Tls, "acme.ca.example");

    public static readonly Destination OpenVpn = new("192.0.2.140", 1194, WireProtocols.OpenVpn, "vpn.corp.example");

    public static readonly Destination WireGuard = new("192.0.2.141", 51_820, WireProtocols.WireGuard);

    public static readonly Destination Ipsec = new("192.0.2.142", 4500, WireProtocols.IpsecNat, "gateway.corp.example");

    public static readonly Destination Mesh = new("192.0.2.143", 41_641, WireProtocols.WireGuard);

    public static readonly Destination Peer = new("192.0.2.150", 22_000, WireProtocols.Tls, "relay.sync.example");

    public static readonly Destination Ledger = new("10.20.0.30", 8443, WireProtocols.Tls, "ledger.corp.example");

    public static readonly Destination Inventory = new("10.20.0.31", 8080, WireProtocols.Http, "inventory.corp.example");

    public static readonly Destination BackupServer = new("10.20.0.40", 10_006, WireProtocols.Backup, "backup.corp.example");

    /// <summary>Bareos: TLS with keys held in advance.</summary>
    public static readonly Destination BackupStorage = new("10.20.0.40", 9103, WireProtocols.Tls, "backup.corp.example");

    public static readonly Destination Metrics = new("10.20.0.50", 8086, WireProtocols.Metrics, "metrics.corp.example");

    public static readonly Destination Beats = new("10.20.0.51", 5044, WireProtocols.Tls, "logs.corp.example");

    public static readonly Destination LogHost = new("10.20.0.52", 514, WireProtocols.Syslog, "loghost.corp.example");

    public static readonly Destination Database = new("10.20.0.60", 5432, WireProtocols.Postgres, "db.corp.example");

    public static readonly Destination Cache = new("10.20.0.61", 6379, WireProtocols.Redis, "cache.corp.example");

    public static readonly Destination Storage = new("10.20.0.70", 2049, WireProtocols.Nfs, "nas.corp.example");

    public static readonly Destination TimeCapsule = new("10.20.0.71", 445, WireProtocols.Smb, "timemachine.corp.example");

    public static readonly Destination RemoteDesktop = new("10.20.0.80", 3389, WireProtocols.RemoteDesktop, "ts-01.corp.example");

    public static readonly Destination VCenter = new(VCenterAddress, 443, WireProtocols.Tls, "vcenter.corp.example");

    public static readonly Destination VCenterHeartbeat = new(VCenterAddress, 902, WireProtocols.Heartbeat, "vcenter.corp.example");

    public static readonly Destination Dns = new(DomainController, 53, WireProtocols.Dns);

    public static readonly Destination Kerberos = new(DomainController, 88, WireProtocols.Kerberos, "dc-01.corp.example");

    public static readonly Destination Ldap = new(DomainController, 389, WireProtocols.Ldap, "dc-01.corp.example");

    public static readonly Destination EndpointMapper = new(DomainController, 135, WireProtocols.Rpc, "dc-01.corp.example");

    public static readonly Destination Rpc = new(DomainController, 49_668, WireProtocols.Rpc, "dc-01.corp.example");

    public static readonly Destination Time = new(DomainController, 123, WireProtocols.Ntp);

    public static readonly Destination Files = new(FileServer, 445, WireProtocols.Smb, "files-01.corp.example");

    /// <summary>A server of an implant's: every implant has its own.</summary>
    public static Destination CommandAndControl(int implant, int port, WireProtocol protocol) => new(
        string.Create(CultureInfo.InvariantCulture, $"203.0.113.{1 + (implant % 250)}"), port + (implant / 250), protocol);
}
