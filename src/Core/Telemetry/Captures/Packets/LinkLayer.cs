using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Captures.Packets;

/// <summary>Peels link layers off a frame, down to its network layer. Total: what is no such frame holds no packet.</summary>
internal static class LinkLayer
{
    private const int MaxTags = 8;
    private const ushort Ipv4Type = 0x0800;
    private const ushort Ipv6Type = 0x86dd;
    private const ushort PppIpv4 = 0x0021;
    private const ushort PppIpv6 = 0x0057;
    private const int EthernetHeader = 14;

    /// <summary>Where the IP packet starts within a frame of a link type; −1 where it holds none.</summary>
    public static int FindIp(ReadOnlySpan<byte> frame, int link) => link switch
    {
        1 => Ethernet(frame, 0),
        0 or 108 => Loopback(frame),
        12 or 14 or 101 or 228 or 229 => 0,
        9 or 50 => Ppp(frame, 0),
        51 => Pppoe(frame, 0),
        104 => frame.Length >= 4 ? ByType(frame, U16(frame, 2), 4) : -1,
        113 => frame.Length >= 16 ? ByType(frame, U16(frame, 14), 16) : -1,
        276 => frame.Length >= 20 ? ByType(frame, U16(frame, 0), 20) : -1,
        105 => WirelessFrames.FindIp(frame, 0),
        127 => frame.Length >= 4 ? WirelessFrames.FindIp(frame, BinaryPrimitives.ReadUInt16LittleEndian(frame[2..])) : -1,
        _ => -1,
    };

    /// <summary>The IP packet within the Ethernet frame at an offset.</summary>
    public static int Ethernet(ReadOnlySpan<byte> frame, int at)
    {
        if (frame.Length < at + EthernetHeader)
        {
            return -1;
        }

        ushort type = U16(frame, at + 12);

        // Below 1,536 it is a length, and a logical link header follows.
        const ushort MinType = 0x0600;
        return type >= MinType ? ByType(frame, type, at + EthernetHeader) : Snap(frame, at + EthernetHeader);
    }

    /// <summary>The IP packet behind a logical link header with SNAP.</summary>
    public static int Snap(ReadOnlySpan<byte> frame, int at) =>
        frame.Length >= at + 8 && frame[at] == 0xaa && frame[at + 1] == 0xaa ? ByType(frame, U16(frame, at + 6), at + 8) : -1;

    /// <summary>The IP packet behind an Ethernet type, past tags and labels.</summary>
    public static int ByType(ReadOnlySpan<byte> frame, ushort type, int at)
    {
        for (int tags = 0; tags < MaxTags; tags++)
        {
            switch (type)
            {
                case Ipv4Type or Ipv6Type:
                    return at;
                case 0x8100 or 0x88a8 or 0x9100 or 0x9200 when frame.Length >= at + 4:
                    type = U16(frame, at + 2);
                    at += 4;
                    if (type < 0x0600)
                    {
                        return Snap(frame, at);
                    }

                    break;
                case 0x8864:
                    return Pppoe(frame, at);
                case 0x8847 or 0x8848:
                    return Mpls(frame, at);
                case 0x6558:
                    return Ethernet(frame, at);
                case 0x880b:
                    return Ppp(frame, at);
                default:
                    return -1;
            }
        }

        return -1;
    }

    private static int Loopback(ReadOnlySpan<byte> frame)
    {
        // Four bytes name the address family, in the order of the machine that wrote them: 2 is IPv4 everywhere, IPv6 varies.
        if (frame.Length < 4)
        {
            return -1;
        }

        uint family = BinaryPrimitives.ReadUInt32LittleEndian(frame);
        family = family > ushort.MaxValue ? BinaryPrimitives.ReverseEndianness(family) : family;
        return family is 2 or 10 or 24 or 28 or 30 ? 4 : -1;
    }

    private static int Pppoe(ReadOnlySpan<byte> frame, int at) => Ppp(frame, at + 6);

    private static int Ppp(ReadOnlySpan<byte> frame, int at)
    {
        if (frame.Length >= at + 4 && frame[at] == 0xff && frame[at + 1] == 0x03)
        {
            at += 2;
        }

        if (frame.Length < at + 2)
        {
            return -1;
        }

        // An odd first byte is a protocol that was compressed to one.
        bool compressed = (frame[at] & 1) != 0;
        ushort protocol = compressed ? frame[at] : U16(frame, at);
        return protocol is PppIpv4 or PppIpv6 ? at + (compressed ? 1 : 2) : -1;
    }

    private static int Mpls(ReadOnlySpan<byte> frame, int at)
    {
        for (int labels = 0; labels < MaxTags && frame.Length >= at + 4; labels++)
        {
            bool bottom = (frame[at + 2] & 1) != 0;
            at += 4;
            if (bottom && at < frame.Length)
            {
                // Behind the last label: IP by its version, or a control word before an Ethernet frame.
                return (frame[at] >> 4) switch { 4 or 6 => at, 0 => Ethernet(frame, at + 4), _ => Ethernet(frame, at) };
            }
        }

        return -1;
    }

    private static ushort U16(ReadOnlySpan<byte> frame, int at) => BinaryPrimitives.ReadUInt16BigEndian(frame[at..]);
}
