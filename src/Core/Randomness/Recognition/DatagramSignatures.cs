using static CipherWatch.Core.Randomness.Recognition.SignatureKind;

namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>Rows of <see cref="ProtocolSignatures"/> for protocols that live mostly in datagrams.</summary>
internal static class DatagramSignatures
{
    /// <summary>The rows.</summary>
    public static readonly Signature[] Rows =
    [
        new(Protocol, "dns", "@4 00", NameMessages.IsDns),
        new(Protocol, "dns", "0? ?? @6 00", NameMessages.IsDnsOverTcp),
        new(Protocol, "dnscrypt", "'r6fnvWj8'"),
        new(Protocol, "dnscrypt", "'q6fnvWj8'"),
        new(Protocol, "dhcp", "0? 01 06 @236 63 82 53 63"),
        new(Protocol, "dhcpv6", "0? ?? ?? ?? 00 01 00", InternetMessages.IsDhcp6, Transport.Udp),
        new(Protocol, "ntp", "", InternetMessages.IsNtp, Transport.Udp),
        new(Protocol, "stun", "?? ?? ?? ?? 21 12 A4 42", MediaMessages.IsStun, midStream: true, first: b => b < 0x40),
        new(Protocol, "stun", "0? ??", MediaMessages.IsClassicStun),
        new(Protocol, "stun", "?? ?? 0? ?? ?? ?? 21 12 A4 42", MediaMessages.IsFramedStun),
        new(Protocol, "rtcp", "", MediaMessages.IsRtcp, Transport.Udp),
        new(Protocol, "snmp", "30", DerMessages.IsSnmp),
        new(Protocol, "radius", "", InternetMessages.IsRadius, Transport.Udp, first: b => b < 46),
        new(Protocol, "coap", "", InternetMessages.IsCoap, Transport.Udp),
        new(Protocol, "netflow", "00 0?", InternetMessages.IsFlowExport, Transport.Udp),
        new(Protocol, "sflow", "00 00 00 05 00 00 00 01", only: Transport.Udp),
        new(Protocol, "gtp", "3? ?? ?? ??", InternetMessages.IsGtp, Transport.Udp),
        new(Protocol, "vxlan", "08 00 00 00 @7 00", only: Transport.Udp),
        new(Protocol, "bittorrent", "13 'BitTorrent protocol'"),
        new(Protocol, "bittorrent", "'d1:'", PeerMessages.IsBitTorrentQuery),
        new(Protocol, "bittorrent", "00 00 04 17 27 10 19 80"),
        new(Protocol, "bittorrent", "", PeerMessages.IsMicroTransport, Transport.Udp),
        new(Protocol, "gnutella", "'GND'", only: Transport.Udp),
        new(Protocol, "gnutella", "'GNUTELLA'"),
        new(Protocol, "gnutella", "", PeerMessages.IsGnutellaMessage, Transport.Udp),
        new(Protocol, "edonkey", "E3", PeerMessages.IsDonkey),
        new(Protocol, "ethereum", "", PeerMessages.IsEthereumDiscovery, Transport.Udp),
        new(Protocol, "kcp", "@5 ??", PeerMessages.IsKcp, Transport.Udp),
        new(Protocol, "raknet", "", PeerMessages.IsRakNet, Transport.Udp),
        new(Protocol, "source-engine", "FF FF FF FF", PeerMessages.IsGameQuery, Transport.Udp),
        new(Protocol, "collectd", "00 00 00", InternetMessages.IsCollectd, Transport.Udp),
        new(Protocol, "collectd", "02 10 ?? ?? 00", InternetMessages.IsCollectdEncrypted, Transport.Udp),
        new(Protocol, "tftp", "00 0?", InternetMessages.IsTftp, Transport.Udp),
        new(Protocol, "zug", "?? ?? 'UG'", PeerMessages.IsZug),
        new(Protocol, "wild-rift", "04 00 00 00", PeerMessages.IsWildRift, Transport.Udp),
        new(Protocol, "nano", "'R' 'C'", PeerMessages.IsNano),
    ];
}
