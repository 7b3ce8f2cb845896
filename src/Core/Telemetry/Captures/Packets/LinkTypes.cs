using System.Buffers.Binary;
using System.Globalization;

namespace CipherWatch.Core.Telemetry.Captures.Packets;

/// <summary>The link types of captures: how each is peeled off, and what those are called that are not read.</summary>
/// <remarks>
/// Numbers and layouts: the registry of link-layer header types at tcpdump.org, and BSD numbers where systems write those instead.
/// </remarks>
internal static class LinkTypes
{
    private const int Ethernet = 1;
    private const int MaxDepth = 4;
    private const int SlipHeader = 16;

    /// <summary>What the rest of a frame is behind a header of fixed length.</summary>
    private static readonly Dictionary<int, (Inside Kind, int Header)> Plain = new()
    {
        [Ethernet] = (Inside.Ethernet, 0),
        [9] = (Inside.Ppp, 0),
        [13] = (Inside.Ip, 12), // ENC as OpenBSD numbers it
        [14] = (Inside.Ip, 0),
        [50] = (Inside.Ppp, 0),
        [51] = (Inside.Ppp, 6),
        [100] = (Inside.Llc, 0), // ATM, RFC 2684
        [101] = (Inside.Ip, 0),
        [109] = (Inside.Ip, 12), // ENC: family, SPI, flags
        [122] = (Inside.Llc, 16), // IP over Fibre Channel, RFC 2625
        [123] = (Inside.Llc, 4), // SunATM
        [166] = (Inside.Ppp, 2), // pppd: direction and control
        [204] = (Inside.Ppp, 1),
        [226] = (Inside.Ip, 24), // IPNET of Solaris
        [228] = (Inside.Ip, 0),
        [229] = (Inside.Ip, 0),
        [240] = (Inside.Ethernet, 4), // netANALYZER
        [241] = (Inside.Ethernet, 12), // netANALYZER with the preamble
        [259] = (Inside.Ethernet, 8), // EPON
        [274] = (Inside.Ethernet, 8), // 802.3br with its preamble
        [282] = (Inside.Ethernet, 4), // switch tag before the frame
    };

    /// <summary>Where the frame's Ethernet type stands.</summary>
    private static readonly Dictionary<int, int> TypeAt = new()
    {
        [104] = 2, // Cisco HDLC
        [113] = 14, // Linux cooked
        [138] = 16, // IP over IEEE 1394
        [205] = 3, // Cisco HDLC with direction
        [281] = 16, // switch tag of Broadcom behind the addresses
        [284] = 16, // of Marvell
        [285] = 20, // of Marvell with an Ethernet type
    };

    private static readonly Dictionary<int, string> Names = new()
    {
        [3] = "AX.25",
        [7] = "ARCNET",
        [143] = "DOCSIS",
        [187] = "Bluetooth HCI",
        [189] = "USB on Linux",
        [195] = "802.15.4",
        [201] = "Bluetooth HCI",
        [220] = "USB on Linux",
        [224] = "Fibre Channel",
        [227] = "CAN bus",
        [230] = "802.15.4",
        [231] = "D-Bus",
        [247] = "InfiniBand",
        [249] = "USBPcap",
        [251] = "Bluetooth Low Energy",
        [253] = "Netlink",
        [266] = "USB on macOS",
        [271] = "vsock",
        [283] = "802.15.4",
    };

    private enum Inside
    {
        Ip,
        Ethernet,
        Llc,
        Ppp,
    }

    /// <summary>The IP packet within a frame of a link type.</summary>
    public static Peeled Peel(ReadOnlySpan<byte> frame, int link) => Peel(frame, 0, link, 0);

    /// <summary>What a link type that is not read is called.</summary>
    public static string Name(int link)
    {
        string number = link.ToString(CultureInfo.InvariantCulture);
        string? name = link is >= 147 and <= 162 ? $"private use, USER{link - 147}" : Names.GetValueOrDefault(link);
        return name is null ? $"link type {number}" : $"link type {number} ({name})";
    }

    private static Peeled Peel(ReadOnlySpan<byte> frame, int at, int link, int depth)
    {
        if (depth == MaxDepth || at > frame.Length)
        {
            return Peeled.Nothing;
        }

        if (Plain.TryGetValue(link, out (Inside Kind, int Header) plain))
        {
            at += plain.Header;
            return plain.Kind switch
            {
                Inside.Ip => Ip(frame, at),
                Inside.Ethernet => LinkLayer.Ethernet(frame, at),
                Inside.Llc => LinkLayer.Llc(frame, at),
                _ => PointToPoint.Peel(frame, at),
            };
        }

        if (TypeAt.TryGetValue(link, out int typeAt))
        {
            return LinkLayer.ByTypeAt(frame, at + typeAt);
        }

        return link switch
        {
            0 or 108 => LinkLayer.Loopback(frame, at),
            12 => at < frame.Length && frame[at] >> 4 is 4 or 6 ? Peeled.Ip(at) : LinkLayer.Loopback(frame, at),
            6 => RingFrames.TokenRing(frame, at),
            8 => at < frame.Length && frame[at] >> 4 is 4 or 6 ? Peeled.Ip(at) : Ip(frame, at + SlipHeader),
            10 => LinkLayer.Llc(frame, at + 13),
            17 or 117 => PacketFilter(frame, at),
            105 => WirelessFrames.Peel(frame, at),
            107 => RingFrames.FrameRelay(frame, at),
            119 => WirelessFrames.Peel(frame, Behind(frame, at, Length32(frame, at + 4))),
            127 => WirelessFrames.Peel(frame, Behind(frame, at, Length16(frame, at + 2))),
            149 when IsPktap(frame, at) => Pktap(frame, at, depth),
            163 => WirelessFrames.Peel(frame, Behind(frame, at, Big32(frame, at + 4))),
            192 => Ppi(frame, at, depth),
            197 => Erf(frame, at),
            206 => RingFrames.FrameRelay(frame, at + 1),
            239 => NflogFrames.Peel(frame, at),
            242 => frame.Length >= at + 4 ? EtherTypes.Follow(frame, LinkLayer.U16(frame, at), at + 4) : Peeled.Nothing,
            258 => Pktap(frame, at, depth),
            276 => frame.Length >= at + 20 ? EtherTypes.Follow(frame, LinkLayer.U16(frame, at), at + 20) : Peeled.Nothing,
            _ => Peeled.Beyond(UnreadKind.Link, link),
        };
    }

    private static Peeled Ip(ReadOnlySpan<byte> frame, int at) => at < frame.Length ? Peeled.Ip(at) : Peeled.Nothing;

    /// <summary>pf's log: the header says its length, which is filled up to a multiple of four.</summary>
    private static Peeled PacketFilter(ReadOnlySpan<byte> frame, int at)
    {
        int length = at < frame.Length ? frame[at] : 0;
        int aligned = at + ((length + 3) & ~3);
        return length == 0 ? Peeled.Nothing : Ip(frame, aligned);
    }

    /// <summary>Apple's header: its length, what follows (1 is a packet) and the link type of that, little-endian words.</summary>
    private static bool IsPktap(ReadOnlySpan<byte> frame, int at) =>
        Length32(frame, at) is >= 12 and <= 1024 && Length32(frame, at + 4) == 1 && Length32(frame, at + 8) is >= 0 and <= ushort.MaxValue;

    private static Peeled Pktap(ReadOnlySpan<byte> frame, int at, int depth) => IsPktap(frame, at)
        ? Peel(frame, at + Length32(frame, at), Length32(frame, at + 8), depth + 1)
        : Peeled.Nothing;

    /// <summary>Per-packet information: a length at 2, the link type of the rest at 4, little-endian.</summary>
    private static Peeled Ppi(ReadOnlySpan<byte> frame, int at, int depth) => frame.Length >= at + 8
        ? Peel(frame, at + Length16(frame, at + 2), Length32(frame, at + 4), depth + 1)
        : Peeled.Nothing;

    /// <summary>Endace's records: the kind at 8, whose highest bit says that headers of eight bytes follow.</summary>
    private static Peeled Erf(ReadOnlySpan<byte> frame, int at)
    {
        const int Header = 16, Extension = 8, MaxExtensions = 8;
        const byte EthernetRecord = 2, More = 0x80;
        if (frame.Length < at + Header)
        {
            return Peeled.Nothing;
        }

        int kind = frame[at + 8] & ~More;
        bool more = (frame[at + 8] & More) != 0;
        at += Header;
        for (int extensions = 0; more && extensions < MaxExtensions && at < frame.Length; extensions++)
        {
            more = (frame[at] & More) != 0;
            at += Extension;
        }

        return kind == EthernetRecord ? LinkLayer.Ethernet(frame, at + 2) : Peeled.Beyond(UnreadKind.Link, 197);
    }

    private static int Behind(ReadOnlySpan<byte> frame, int at, int length) =>
        length >= 0 && length <= frame.Length - at ? at + length : frame.Length;

    private static int Length16(ReadOnlySpan<byte> frame, int at) =>
        frame.Length >= at + 2 ? BinaryPrimitives.ReadUInt16LittleEndian(frame[at..]) : -1;

    private static int Length32(ReadOnlySpan<byte> frame, int at) =>
        frame.Length >= at + 4 ? BinaryPrimitives.ReadInt32LittleEndian(frame[at..]) : -1;

    private static int Big32(ReadOnlySpan<byte> frame, int at) =>
        frame.Length >= at + 4 ? BinaryPrimitives.ReadInt32BigEndian(frame[at..]) : -1;
}
