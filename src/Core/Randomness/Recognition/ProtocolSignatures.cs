using static CipherWatch.Core.Randomness.Recognition.SignatureKind;

namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>
/// Network protocols by the first bytes of a stream or datagram. To add one, add a row: a pattern
/// (<see cref="Signature"/>) and, where fixed bytes alone would also be met in ciphertext, a check of its structure.
/// </summary>
/// <remarks>
/// Together the rows must take under 0.1 % of random samples. A length prefix alone is never enough for a row: most
/// home-made command-and-control framings have one. Rows that need a datagram say <see cref="Transport.Udp"/>; what
/// only several datagrams show is in <see cref="DatagramFlow"/>.
/// </remarks>
internal static class ProtocolSignatures
{
    /// <summary>The table, most specific first.</summary>
    public static readonly Signature[] Rows =
    [
        // Key exchanges and tunnels.
        new(Protocol, "tls", "1? 03 0?", TlsRecords.IsRecord, midStream: true),
        new(Protocol, "tls", "8? ?? 01 03 0?", TlsRecords.IsVersion2Hello),
        new(Protocol, "dtls", "1? FE F?", TlsRecords.IsDatagramRecord, midStream: true),
        new(Protocol, "dtls", "1? 01 00 00", TlsRecords.IsDatagramRecord, midStream: true),
        new(Protocol, "dtls", "3? ", TlsRecords.IsDatagramCiphertext, Transport.Udp, midStream: true),
        new(Protocol, "ssh", "'SSH-'"),
        new(Protocol, "quic", "", QuicHeaders.IsLongHeader, first: b => b >= 0x80),
        new(Protocol, "quic", "", QuicHeaders.IsGoogleHeader, first: b => (b & 0x89) == 0x09),
        new(Protocol, "ike", "@16 ?? ?0", VpnMessages.IsIke),
        new(Protocol, "ike", "00 00 00 00 @20 ?? ?0", VpnMessages.IsIkeOverNat),
        new(Protocol, "esp", "", VpnMessages.IsEsp, Transport.Udp),
        new(Protocol, "esp", "", VpnMessages.IsEsp, Transport.Esp),
        new(Protocol, "wireguard", "01 00 00 00", VpnMessages.IsWireGuard),
        new(Protocol, "wireguard", "02 00 00 00", VpnMessages.IsWireGuard),
        new(Protocol, "wireguard", "03 00 00 00", VpnMessages.IsWireGuard),
        new(Protocol, "wireguard", "04 00 00 00", VpnMessages.IsWireGuard),
        new(Protocol, "openvpn", "", VpnMessages.IsOpenVpn, first: b => b is < 8 or 0x38 or 0x40 or 0x50),
        new(Protocol, "l2tp", "C8 02", VpnMessages.IsLayerTwoControl),
        new(Protocol, "pptp", "00 9C 00 01 1A 2B 3C 4D"),
        new(Protocol, "gre-pptp", "?? ?? 00 01 1A 2B 3C 4D"),

        // Text protocols that carry other things.
        new(Protocol, "http", "'PRI * HTTP/2.0'"),
        new(Protocol, "http", "'HTTP/'"),
        new(Protocol, "http", "'GET '", TextProtocols.IsHttpRequest),
        new(Protocol, "http", "'POST '", TextProtocols.IsHttpRequest),
        new(Protocol, "http", "'PUT '", TextProtocols.IsHttpRequest),
        new(Protocol, "http", "'HEAD '", TextProtocols.IsHttpRequest),
        new(Protocol, "http", "'OPTIONS '", TextProtocols.IsHttpRequest),
        new(Protocol, "http", "'DELETE '", TextProtocols.IsHttpRequest),
        new(Protocol, "http", "'PATCH '", TextProtocols.IsHttpRequest),
        new(Protocol, "http", "'TRACE '", TextProtocols.IsHttpRequest),
        new(Protocol, "http", "'CONNECT '", TextProtocols.IsHttpRequest),
        new(Protocol, "http", "'PROPFIND '", TextProtocols.IsHttpRequest),
        new(Protocol, "http", "'REPORT '", TextProtocols.IsHttpRequest),
        new(Protocol, "ssdp", "'M-SEARCH '"),
        new(Protocol, "ssdp", "'NOTIFY * HTTP'"),
        new(Protocol, "sip", "'SIP/2.0 '"),
        new(Protocol, "sip", "", TextProtocols.IsSipRequest, first: b => char.IsAsciiLetterUpper((char)b)),
        new(Protocol, "rtsp", "'RTSP/1.'"),
        new(Protocol, "rtsp", "", TextProtocols.IsRtspRequest, first: b => char.IsAsciiLetterUpper((char)b)),
        new(Protocol, "smtp", "'EHLO '"),
        new(Protocol, "smtp", "'HELO '"),
        new(Protocol, "smtp", "'220'", TextProtocols.IsMailGreeting),
        new(Protocol, "ftp", "'220'", TextProtocols.IsReplyLine),
        new(Protocol, "ftp", "'USER '", TextProtocols.IsTextLine),
        new(Protocol, "pop3", "'+OK'", TextProtocols.IsTextLine),
        new(Protocol, "imap", "'* OK'", TextProtocols.IsTextLine),
        new(Protocol, "irc", "'NICK '", TextProtocols.IsTextLine),
        new(Protocol, "xmpp", "'<stream:'"),
        new(Protocol, "xmpp", "'<?xml' @5", TextProtocols.OpensXmppStream),
        new(Protocol, "rsync", "'@RSYNCD:'"),
        new(Protocol, "svn", "'( success ( '"),
        new(Protocol, "git", "'00'", TextProtocols.IsGitPacket),
        new(Protocol, "redis", "'*'", TextProtocols.IsRedisArray),
        new(Protocol, "syslog", "'<'", TextProtocols.IsSyslog),
        new(Protocol, "statsd", "", TextProtocols.IsStatsd, Transport.Udp),
        new(Protocol, "nats", "'INFO {'"),
        new(Protocol, "tinc", "'0 '", TextProtocols.IsTincGreeting),

        .. DatagramSignatures.Rows,
        .. StreamSignatures.Rows,
    ];
}
