using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Captures.Packets;

/// <summary>Peels the headers of Ethernet and its like off a frame. Total: what is no such frame holds no packet.</summary>
internal static class LinkLayer
{
    private const int EthernetHeader = 14;

    /// <summary>Below it the field is a length, and a logical link header follows.</summary>
    private const ushort MinType = 0x0600;

    /// <summary>The IP packet within the Ethernet frame at an offset.</summary>
    public static Peeled Ethernet(ReadOnlySpan<byte> frame, int at) => ByTypeAt(frame, at + EthernetHeader - 2);

    /// <summary>The IP packet behind the Ethernet type, or the length in its place, at an offset.</summary>
    public static Peeled ByTypeAt(ReadOnlySpan<byte> frame, int at)
    {
        if (frame.Length < at + 2)
        {
            return Peeled.Nothing;
        }

        ushort type = U16(frame, at);
        return type >= MinType ? EtherTypes.Follow(frame, type, at + 2) : Llc(frame, at + 2);
    }

    /// <summary>The IP packet behind a logical link header (802.2).</summary>
    public static Peeled Llc(ReadOnlySpan<byte> frame, int at)
    {
        const byte SnapSap = 0xaa, IpSap = 0x06;
        const int Header = 3, SnapHeader = 8, Padding = 2;
        const int Ethernet2 = 0, AppleBridge = 0x0000f8, Bridged = 0x0080c2;
        if (frame.Length < at + Header)
        {
            return Peeled.Nothing;
        }

        if (frame[at] == IpSap && frame[at + 1] == IpSap)
        {
            return frame.Length > at + Header ? Peeled.Ip(at + Header) : Peeled.Nothing;
        }

        if (frame.Length < at + SnapHeader || frame[at] != SnapSap || frame[at + 1] != SnapSap)
        {
            return Peeled.Nothing;
        }

        int organisation = (frame[at + 3] << 16) | U16(frame, at + 4);
        ushort type = U16(frame, at + 6);
        return organisation switch
        {
            Ethernet2 or AppleBridge => EtherTypes.Follow(frame, type, at + SnapHeader),
            Bridged when type is 1 or 7 => Ethernet(frame, at + SnapHeader + Padding),

            // Others are a vendor's own: discovery and spanning trees.
            _ => Peeled.Nothing,
        };
    }

    /// <summary>
    /// Four bytes name the address family, in the order of the machine that wrote them: 2 is IPv4 everywhere, IPv6 varies.
    /// </summary>
    public static Peeled Loopback(ReadOnlySpan<byte> frame, int at)
    {
        if (frame.Length <= at + 4)
        {
            return Peeled.Nothing;
        }

        uint family = BinaryPrimitives.ReadUInt32LittleEndian(frame[at..]);
        family = family > ushort.MaxValue ? BinaryPrimitives.ReverseEndianness(family) : family;
        return family is 2 or 10 or 24 or 28 or 30 ? Peeled.Ip(at + 4) : Peeled.Nothing;
    }

    /// <summary>Two bytes, big-endian.</summary>
    public static ushort U16(ReadOnlySpan<byte> frame, int at) => BinaryPrimitives.ReadUInt16BigEndian(frame[at..]);
}
