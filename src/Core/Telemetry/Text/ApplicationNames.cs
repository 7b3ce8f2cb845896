using System.Text;

namespace CipherWatch.Core.Telemetry.Text;

/// <summary>Names of application protocols as sensors write them. The common ones, which most records say, cost no allocation.</summary>
internal static class ApplicationNames
{
    private static readonly FieldNames Common = new(
        "ssl", "tls", "http", "http2", "dns", "ssh", "quic", "dhcp", "ntp", "smb", "smb2", "krb5", "krb_tcp", "krb_udp",
        "dce_rpc", "dcerpc", "ldap", "ldap_tcp", "ldap_udp", "gssapi", "ntlm", "rdp", "ftp", "ftp-data", "smtp", "imap", "pop3",
        "snmp", "syslog", "radius", "sip", "rfb", "mqtt", "mysql", "postgresql", "ike", "ipsec", "openvpn", "wireguard", "dtls",
        "stun", "tftp", "bittorrent", "modbus", "nfs", "telnet");

    private static readonly string[] Texts = [.. Enumerable.Range(0, Common.Count).Select(place => Common[place])];

    /// <summary>The name in lower case.</summary>
    public static string Of(ReadOnlySpan<byte> name) =>
        Common.Find(name) is >= 0 and var place ? Texts[place] : Encoding.UTF8.GetString(name).ToLowerInvariant();
}
