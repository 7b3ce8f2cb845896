using static CipherWatch.Core.Randomness.Recognition.FieldReading;

namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>Messages of IPsec (RFC 7296, 3948, 4303), WireGuard, OpenVPN and L2TP (RFC 2661).</summary>
internal static class VpnMessages
{
    private const int NatTraversalPort = 4500;
    private const int IkeHeaderLength = 28;
    private const int NonEspMarkerLength = 4;

    /// <summary>An ISAKMP header of version 1 or 2 whose length is the message's.</summary>
    public static bool IsIke(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        // Exchanges: 1–5 and 32–33 (version 1, 0x10), 34–43 (version 2, 0x20).
        int exchange = sample.U8(18);
        bool known = sample[17] switch
        {
            0x10 => exchange is (>= 1 and <= 6) or 32 or 33,
            0x20 => exchange is >= 34 and <= 44,
            _ => false,
        };
        return known && sample.Length >= IkeHeaderLength && Near(sample.U32(24), Whole(sample, context));
    }

    /// <summary>The same behind the four zero bytes that mark it on the NAT traversal port.</summary>
    public static bool IsIkeOverNat(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        IsIke(sample[NonEspMarkerLength..], context with { PayloadLength = Whole(sample, context) - NonEspMarkerLength });

    /// <summary>ESP as its own IP protocol, or in UDP on the port set aside for it.</summary>
    public static bool IsEsp(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        if (context.Transport == Transport.Esp)
        {
            return true;
        }

        // An index above the reserved 255, and a sequence number a flow could have reached.
        const long ReservedIndices = 255, LikelySequence = 1 << 28;
        return context.Transport == Transport.Udp && context.HasPort(NatTraversalPort)
            && sample.U32(0) > ReservedIndices && sample.U32(4) is > 0 and < LikelySequence;
    }

    /// <summary>One of the four messages, by type and size: 148, 92 and 64 bytes, data in steps of 16.</summary>
    public static bool IsWireGuard(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        int length = Whole(sample, context);
        return context.Transport != Transport.Tcp && sample[0] switch
        {
            1 => length == 148,
            2 => length == 92,
            3 => length == 64,
            // A counter that has not left 40 bits: sixteen million packets a second for eighteen hours.
            _ => length >= 32 && length % 16 == 0 && sample.U32Little(12) < 1 << 8,
        };
    }

    /// <summary>A hard reset, in a datagram or behind a stream's two-byte length, plain or with tls-auth or tls-crypt.</summary>
    public static bool IsOpenVpn(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        int whole = Whole(sample, context);
        if (context.Transport != Transport.Tcp && IsReset(sample, whole))
        {
            return true;
        }

        return context.Transport != Transport.Udp && sample.Length > 2 && sample.U16(0) <= whole - 2 && IsReset(sample[2..], sample.U16(0));
    }

    /// <summary>An L2TP control message: version 2, length present and right.</summary>
    public static bool IsLayerTwoControl(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample.U16(2) == Whole(sample, context);

    private static bool IsReset(ReadOnlySpan<byte> packet, int length)
    {
        // P_CONTROL_HARD_RESET_CLIENT_V2, SERVER_V2, CLIENT_V3 (7, 8, 10) with key 0, then the session id of 8 bytes.
        if (packet.Length < 14 || packet[0] is not (0x38 or 0x40 or 0x50))
        {
            return false;
        }

        // Plain: no acknowledgements (or one and its peer's session) and packet 0.
        if ((length == 14 && packet.U8(9) == 0 && packet.U32(10) == 0)
            || (length == 26 && packet.U8(9) == 1 && packet.U32(10) == 0))
        {
            return true;
        }

        // tls-crypt: packet id 1 and the time come first. tls-auth: after the digest of 16, 20, 32 or 64 bytes. The lengths
        // belong to it: a DNS query for "1.…in-addr.arpa" has the same 1 in the same place.
        // With tls-crypt-v2 the client adds its wrapped key (a tag of 32 bytes, 256 of keys, a length of two: 290), and the
        // server six bytes of flags.
        const int Digest = 32, MinWrappedKey = 290, Flags = 6;
        return (packet.U32(9) == 1 && (IsResetLength(length, Digest) || length == 34 + Digest + Flags
                || (packet[0] == 0x50 && length >= 22 + Digest + MinWrappedKey)))
            || IsAuthenticated(packet, length, 16) || IsAuthenticated(packet, length, 20) || IsAuthenticated(packet, length, 32)
            || IsAuthenticated(packet, length, 64);
    }

    private static bool IsAuthenticated(ReadOnlySpan<byte> packet, int length, int digest) =>
        packet.U32(9 + digest) is 1 or 2 && IsResetLength(length, digest);

    /// <summary>
    /// Opcode, session, digest, packet id and time, no acknowledgement and message id 0 make 22 bytes and the digest; one
    /// acknowledgement and its peer's session 12 more.
    /// </summary>
    private static bool IsResetLength(int length, int digest) => length == 22 + digest || length == 34 + digest;

    // Some implementations count trailing padding in or leave it out; a fragment's first part declares more.
    private static bool Near(long declared, int whole) => declared >= IkeHeaderLength && declared <= whole + 65535 && declared >= whole - 4;
}
