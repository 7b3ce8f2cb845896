using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Captures.Packets;

/// <summary>Finds the packet that Linux's netfilter logged: among attributes, each with length and kind before it.</summary>
internal static class NflogFrames
{
    private const int Header = 4;
    private const int AttributeHeader = 4;
    private const int Payload = 9;

    /// <summary>The two bits of a kind that say how it nests and in which order its bytes stand.</summary>
    private const int KindMask = 0x3fff;

    /// <summary>The IP packet. Lengths and kinds are in the order of the machine that logged, which nothing says.</summary>
    public static Peeled Peel(ReadOnlySpan<byte> frame, int at)
    {
        Peeled little = Find(frame, at + Header, bigEndian: false);
        return little.IsIp ? little : Find(frame, at + Header, bigEndian: true);
    }

    private static Peeled Find(ReadOnlySpan<byte> frame, int at, bool bigEndian)
    {
        while (frame.Length >= at + AttributeHeader)
        {
            int length = U16(frame[at..], bigEndian);
            if (length < AttributeHeader)
            {
                return Peeled.Nothing;
            }

            if ((U16(frame[(at + 2)..], bigEndian) & KindMask) == Payload)
            {
                return at + AttributeHeader < frame.Length ? Peeled.Ip(at + AttributeHeader) : Peeled.Nothing;
            }

            at += (length + 3) & ~3;
        }

        return Peeled.Nothing;
    }

    private static int U16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
