using System.Buffers.Binary;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.Captures.Handshakes;

/// <summary>How far the key exchange of a protocol over datagrams went.</summary>
internal static class DatagramHandshake
{
    private const byte DtlsHandshake = 22;
    private const byte WireGuardInitiation = 1;
    private const byte WireGuardResponse = 2;

    /// <summary>Reads it from the first datagrams of both directions.</summary>
    public static Handshake Of(string protocol, CapturedDirection outward, CapturedDirection inward) => protocol switch
    {
        "wireguard" => WireGuard(outward, inward),
        "dtls" => Dtls(outward, inward),
        "quic" => Quic(outward, inward),
        _ => outward.Datagrams.Count > 0 && inward.Datagrams.Count > 0 ? Handshake.Established : Handshake.Hello,
    };

    /// <summary>Data without the two messages before it: they went by before the capture began.</summary>
    private static Handshake WireGuard(CapturedDirection outward, CapturedDirection inward)
    {
        bool Has(byte type) => outward.Datagrams.Concat(inward.Datagrams).Any(datagram => datagram.Span[0] == type);
        return Has(WireGuardResponse) ? Handshake.Established : Has(WireGuardInitiation) ? Handshake.Hello : Handshake.Unseen;
    }

    /// <summary>Records of a later epoch are encrypted with what was exchanged in the first.</summary>
    private static Handshake Dtls(CapturedDirection outward, CapturedDirection inward)
    {
        static bool Opens(CapturedDirection side) => side.Datagrams.Any(
            datagram => datagram.Length > 13 && datagram.Span[0] == DtlsHandshake && Epoch(datagram.Span) == 0);
        static bool Encrypts(CapturedDirection side) => side.Datagrams.Any(datagram => datagram.Length > 13
            && (datagram.Span[0] >> 5 == 1 || datagram.Span[0] == 20 || Epoch(datagram.Span) > 0));
        bool hello = Opens(outward) || Opens(inward);
        return hello && Opens(outward) && Opens(inward) && (Encrypts(outward) || Encrypts(inward)) ? Handshake.Established
            : hello ? Handshake.Hello : Handshake.Unseen;
    }

    private static int Epoch(ReadOnlySpan<byte> record) => record[0] >> 5 == 1 ? 1 : BinaryPrimitives.ReadUInt16BigEndian(record[3..]);

    /// <summary>Long headers carry the exchange: types Initial 0, 0-RTT 1, Handshake 2; short ones follow it (RFC 9000 §17).</summary>
    private static Handshake Quic(CapturedDirection outward, CapturedDirection inward)
    {
        static bool IsLong(ReadOnlyMemory<byte> datagram) => (datagram.Span[0] & 0x80) != 0;
        if (!outward.Datagrams.Any(IsLong) && !inward.Datagrams.Any(IsLong))
        {
            return Handshake.Unseen;
        }

        bool early = outward.Datagrams.Any(datagram => IsLong(datagram) && (datagram.Span[0] & 0x30) == 0x10);
        bool answered = outward.Datagrams.Count > 0 && inward.Datagrams.Count > 0
            && inward.Datagrams.Any(datagram => !IsLong(datagram) || (datagram.Span[0] & 0x30) != 0x30);
        return !answered ? Handshake.Hello : early ? Handshake.Resumed : Handshake.Established;
    }
}
