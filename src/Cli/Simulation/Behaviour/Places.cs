using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Behaviour;

/// <summary>Where the fleet connects to. Outside addresses are those reserved for documentation (RFC 5737).</summary>
internal static class Places
{
    private const string DomainController = "10.20.0.10";
    private const string FileServer = "10.20.0.11";

    public static readonly Destination[] Web =
    [
        new("198.51.100.14", 443, "tcp", "ssl", "www.news.example"), new("198.51.100.27", 443, "tcp", "ssl", "static.cdn.example"),
        new("192.0.2.61", 443, "tcp", "ssl", "mail.provider.example"), new("192.0.2.84", 443, "tcp", "ssl", "maps.provider.example"),
        new("198.51.100.90", 443, "tcp", "ssl", "intranet-saas.example"), new("192.0.2.120", 443, "tcp", "ssl", "video.example"),
    ];

    public static readonly Destination PlainWeb = new("198.51.100.201", 80, "tcp", "http", "crl.ca.example");

    public static readonly Destination Updates = new("192.0.2.33", 443, "tcp", "ssl", "update.vendor.example");

    public static readonly Destination Packages = new("192.0.2.34", 80, "tcp", "http", "download.vendor.example");

    public static readonly Destination CloudFiles = new("192.0.2.45", 443, "tcp", "ssl", "files.cloud.example");

    public static readonly Destination Ledger = new("10.20.0.30", 8443, "tcp", "ssl", "ledger.corp.example");

    public static readonly Destination BackupServer = new("10.20.0.40", 10_006, "tcp", "-", "backup.corp.example");

    public static readonly Destination Dns = new(DomainController, 53, "udp", "dns");

    public static readonly Destination Kerberos = new(DomainController, 88, "tcp", "krb_tcp", "dc-01.corp.example");

    public static readonly Destination Ldap = new(DomainController, 389, "tcp", "ldap_tcp", "dc-01.corp.example");

    public static readonly Destination Time = new(DomainController, 123, "udp", "ntp");

    public static readonly Destination Files = new(FileServer, 445, "tcp", "smb,gssapi", "files-01.corp.example");

    /// <summary>The implant's server.</summary>
    public static readonly Destination CommandAndControl = new("203.0.113.77", 4447, "tcp", "-");
}
