using System.Collections.Immutable;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>Expected encryption on well-known ports. Source: IANA, service name and port number registry.</summary>
public static class DefaultPorts
{
    /// <summary>The profiles that ship.</summary>
    public static readonly ImmutableArray<PortProfile> Profiles =
    [
        Tcp(22, "ssh"), Tcp(443, "tls"), Udp(443, "quic", "dtls"), Tcp(465, "tls"), Tcp(636, "tls"), Tcp(853, "tls"),
        Udp(853, "quic", "dtls"), Tcp(989, "tls"), Tcp(990, "tls"), Tcp(993, "tls"), Tcp(995, "tls"), Tcp(3269, "tls"), Tcp(5061, "tls"),
        Tcp(5671, "tls"), Tcp(5986, "tls"), Tcp(6514, "tls"), Tcp(8443, "tls"), Tcp(8883, "tls"), Tcp(3389, "tls"), Udp(500, "ipsec"),
        Udp(4500, "ipsec"), Udp(1194, "openvpn"), Tcp(1194, "openvpn"), Udp(51820, "wireguard"), Tcp(20, "none"), Tcp(21, "none", "tls"),
        Tcp(23, "none"), Tcp(25, "none", "tls"), Tcp(53, "none"), Udp(53, "none"), Tcp(80, "none"), Tcp(110, "none", "tls"),
        Tcp(143, "none", "tls"), Tcp(587, "none", "tls"), Tcp(8080, "none", "tls"),

        // Encrypted by schemes of their own that are no key exchange on the wire: nothing is expected, nothing is odd.
        Tcp(88, "any"), Udp(88, "any"), Tcp(135, "any"), Tcp(139, "any"), Tcp(389, "any"), Udp(389, "any"), Tcp(445, "any"),
        Tcp(464, "any"), Tcp(3268, "any"), Tcp(5985, "any"), Udp(123, "any"), Udp(67, "none"), Udp(68, "none"), Udp(137, "none"),
        Udp(138, "none"), Udp(1900, "none"), Udp(5353, "none"), Udp(5355, "none"),
    ];

    private static PortProfile Tcp(ushort port, params string[] expected) => new(port, port, Protocols.Tcp, [.. expected]);

    private static PortProfile Udp(ushort port, params string[] expected) => new(port, port, Protocols.Udp, [.. expected]);
}
