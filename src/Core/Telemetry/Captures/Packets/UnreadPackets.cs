using System.Buffers.Binary;
using System.Globalization;

namespace CipherWatch.Core.Telemetry.Captures.Packets;

/// <summary>
/// Says of a packet that belongs to no flow why it could not be read; nothing of one that is of no interest by design, such as ARP.
/// </summary>
internal static class UnreadPackets
{
    private const ushort MinType = 0x0600;
    private const int MaxTags = 8;

    /// <summary>Link types that are read. Source: the registry of link-layer header types, tcpdump.org.</summary>
    private static readonly int[] Links = [0, 1, 9, 12, 14, 50, 51, 101, 104, 105, 108, 113, 127, 228, 229, 276];

    private static readonly (int Link, string Name)[] LinkNames =
    [
        (6, "token ring"), (10, "FDDI"), (19, "ATM"), (107, "frame relay"), (109, "ENC"), (117, "PFLOG"), (119, "Prism"), (163, "AVS"),
        (187, "Bluetooth"), (189, "USB"), (192, "PPI"), (195, "IEEE 802.15.4"), (201, "Bluetooth"), (220, "USB"), (227, "CAN"),
        (239, "NFLOG"), (249, "USBPcap"), (253, "netlink"), (258, "PKTAP"), (266, "USB"),
    ];

    /// <summary>Ethernet types that carry no IP by design: nothing in them is a channel that an analytic judges.</summary>
    private static readonly ushort[] NoIp =
    [
        0x0806, 0x8035, 0x0842, 0x22f0, 0x22f3, 0x6002, 0x6003, 0x6004, 0x809b, 0x80f3, 0x8137, 0x8808, 0x8809, 0x8863, 0x886d, 0x887b,
        0x888e, 0x8892, 0x8899, 0x88a2, 0x88a4, 0x88b5, 0x88b6, 0x88b8, 0x88ba, 0x88c7, 0x88cc, 0x88cd, 0x88e1, 0x88e3, 0x88f5, 0x88f7,
        0x88fb, 0x8902, 0x8906, 0x8914, 0x890d, 0x8915, 0x891d, 0x893a, 0x9000,
    ];

    /// <summary>Types within which frames are looked for: what was not found in them is by their own layers' design.</summary>
    private static readonly ushort[] Followed = [0x0800, 0x86dd, 0x880b, 0x8864];

    /// <summary>Why a packet of no flow could not be read; null where it is of no interest by design.</summary>
    /// <param name="frame">The packet, from its link layer on.</param>
    /// <param name="link">Its link type.</param>
    public static string? Reason(ReadOnlySpan<byte> frame, int link) =>
        Array.IndexOf(Links, link) < 0 ? LinkReason(link)
        : TypeAt(frame, link) is { } type ? TypeReason(type)
        : LinkLayer.FindIp(frame, link) is >= 0 and var at ? IpReason(frame, at)
        : null;

    private static string LinkReason(int link)
    {
        const int FirstUser = 147, LastUser = 162;
        string name = link is >= FirstUser and <= LastUser ? " (user-defined)"
            : Array.Find(LinkNames, known => known.Link == link) is { Name: { } known } ? $" ({known})"
            : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture, $"link type {link}{name} is not read: capture on the network interface itself");
    }

    private static string? TypeReason(ushort type) =>
        Array.IndexOf(Followed, type) >= 0 ? "IP packet that is cut short, or a later fragment"
        : type < MinType || Array.IndexOf(NoIp, type) >= 0 ? null
        : string.Create(CultureInfo.InvariantCulture, $"what is in Ethernet type 0x{type:x4} was not found: it is not followed");

    private static string? IpReason(ReadOnlySpan<byte> frame, int at) =>
        at >= frame.Length || (frame[at] >> 4) is 4 or 6 ? "IP packet that is cut short, or a later fragment"
        : "no IP packet where its link type says that one is";

    /// <summary>The Ethernet type of a packet, past the tags of networks; null where its link type has none.</summary>
    private static ushort? TypeAt(ReadOnlySpan<byte> frame, int link)
    {
        int at = link switch { 1 => 12, 104 => 2, 113 => 14, 276 => 0, _ => -1 };
        if (at < 0 || frame.Length < at + 2)
        {
            return null;
        }

        ushort type = BinaryPrimitives.ReadUInt16BigEndian(frame[at..]);
        at += link == 276 ? 20 : 2;
        for (int tags = 0; tags < MaxTags && type is 0x8100 or 0x88a8 or 0x9100 or 0x9200 && frame.Length >= at + 4; tags++)
        {
            type = BinaryPrimitives.ReadUInt16BigEndian(frame[(at + 2)..]);
            at += 4;
        }

        return type;
    }
}
