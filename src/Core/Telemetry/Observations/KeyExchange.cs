using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;

namespace CipherWatch.Core.Telemetry.Observations;

/// <summary>What the first bytes of a flow say of its key exchange.</summary>
internal static class KeyExchange
{
    /// <summary>Record type of TLS application data (RFC 8446 §5.1).</summary>
    private const byte TlsApplicationData = 23;

    /// <summary>Protocols that exchange keys in their first messages, by the names the recogniser gives.</summary>
    private static readonly HashSet<string> Exchanging = new(StringComparer.Ordinal)
    {
        "tls", "dtls", "ssh", "quic", "ike", "wireguard", "openvpn", "dnscrypt", "tor",
    };

    /// <summary>Whether a recognised protocol exchanges keys in its first messages.</summary>
    public static bool IsExchanging(string protocol) => Exchanging.Contains(protocol);

    /// <summary>What the bytes at the very start of a direction say; the start is known to have been captured.</summary>
    /// <remarks>
    /// TLS that begins with application data has exchanged nothing: it is dressed as TLS. Protocols that are recognised but may
    /// settle keys in ways of their own (Kerberos, SMB, database logins) say nothing either way.
    /// </remarks>
    public static Handshake AtStart(PayloadScore score, ReadOnlySpan<byte> bytes) => score.Protocol switch
    {
        "tls" when bytes[0] == TlsApplicationData => Handshake.None,
        null or "http" => Handshake.None,
        var protocol when IsExchanging(protocol) => Handshake.Hello,
        _ => Handshake.Unknown,
    };
}
