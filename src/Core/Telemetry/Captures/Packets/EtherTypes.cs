namespace CipherWatch.Core.Telemetry.Captures.Packets;

/// <summary>Follows Ethernet types inward, past tags, labels and frames within frames.</summary>
/// <remarks>Numbers: the IEEE registry of Ethernet types; layouts: the standards that the table of docs/telemetry.md names.</remarks>
internal static class EtherTypes
{
    private const int MaxTags = 12;
    private const ushort MinType = 0x0600;

    /// <summary>Tags that stand before another Ethernet type: bytes between the two types.</summary>
    private static readonly Dictionary<int, int> Tags = new()
    {
        [0x8100] = 2, // 802.1Q
        [0x88a8] = 2, // 802.1ad
        [0x9100] = 2,
        [0x9200] = 2,
        [0x9300] = 2,
        [0x8926] = 4, // VN-Tag
        [0x892f] = 4, // HSR
        [0xf1c1] = 4, // 802.1CB
        [0x893f] = 6, // 802.1BR
        [0x8988] = 6, // Cisco TTag, a timestamp
        [0xdada] = 6, // Marvell's switch tag
    };

    /// <summary>Types that carry no IP: what they hold belongs to no flow, and nothing is missed by leaving it out.</summary>
    private static readonly HashSet<int> WithoutIp =
    [
        0x0600, 0x0806, 0x0842, 0x0bad, 0x22ea, 0x22f0, 0x22f4, 0x6001, 0x6002, 0x6003, 0x6004, 0x6005, 0x6006, 0x6007, 0x8035, 0x809b,
        0x80f3, 0x8137, 0x8138, 0x8191, 0x8204, 0x8808, 0x8809, 0x8863, 0x887b, 0x888e, 0x8892, 0x889a, 0x88a2, 0x88a4, 0x88ab, 0x88b8,
        0x88b9, 0x88ba, 0x88bf, 0x88c7, 0x88cc, 0x88cd, 0x88e1, 0x88e3, 0x88f5, 0x88f6, 0x88f7, 0x88f8, 0x88fb, 0x8902, 0x8906, 0x890d,
        0x8914, 0x8915, 0x891d, 0x893a, 0x8940, 0x9000,
    ];

    /// <summary>The IP packet behind an Ethernet type.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="type">The type.</param>
    /// <param name="at">Where what it names starts.</param>
    public static Peeled Follow(ReadOnlySpan<byte> frame, ushort type, int at)
    {
        for (int tags = 0; tags < MaxTags; tags++)
        {
            if (type is 0x0800 or 0x86dd)
            {
                return at < frame.Length ? Peeled.Ip(at) : Peeled.Nothing;
            }

            if (TagBytes(frame, type, at) is not { } tag)
            {
                return Inner(frame, type, at);
            }

            if (frame.Length < at + tag + 2)
            {
                return Peeled.Nothing;
            }

            type = LinkLayer.U16(frame, at + tag);
            at += tag + 2;
            if (type < MinType)
            {
                return LinkLayer.Llc(frame, at);
            }
        }

        return Peeled.Nothing;
    }

    /// <summary>What a type that is not read is called, in brackets; empty where it has no name here.</summary>
    public static string Remark(int type) => type switch
    {
        0x88e5 => " (MACsec, encrypted)",
        0x4305 => " (B.A.T.M.A.N.)",
        0x876b => " (compressed headers)",
        _ => string.Empty,
    };

    /// <summary>Bytes between a tag's own type and the next one; null where the type is no tag.</summary>
    private static int? TagBytes(ReadOnlySpan<byte> frame, ushort type, int at)
    {
        const byte SystemId = 0x20, EncryptedOrChanged = 0x0c;
        return type switch
        {
            _ when Tags.TryGetValue(type, out int bytes) => bytes,

            // Cisco metadata: version, number of words of four bytes, and those.
            0x8909 when frame.Length >= at + 2 => 2 + (4 * Math.Max((int)frame[at + 1], 1)),

            // MACsec that only signs: control, short length, packet number, and the sender's id where its bit says so.
            0x88e5 when frame.Length > at && (frame[at] & EncryptedOrChanged) == 0 => (frame[at] & SystemId) != 0 ? 14 : 6,
            _ => null,
        };
    }

    private static Peeled Inner(ReadOnlySpan<byte> frame, ushort type, int at)
    {
        switch (type)
        {
            case 0x6558: // an Ethernet frame
                return LinkLayer.Ethernet(frame, at);
            case 0x8847 or 0x8848: // MPLS
                return Labels.Mpls(frame, at);
            case 0x8864: // PPPoE session
                return PointToPoint.Peel(frame, at + 6);
            case 0x880b: // PPP
                return PointToPoint.Peel(frame, at);
            case 0x88e7: // 802.1ah: a service's number, and the customer's frame
                return LinkLayer.Ethernet(frame, at + 4);
            case 0x8903: // FabricPath
                return LinkLayer.Ethernet(frame, at + 2);
            case 0x894f: // service chains, RFC 8300
                return Labels.ServiceHeader(frame, at);
            case 0x22f3 when frame.Length >= at + 2: // TRILL: options in words of four bytes
                const int Header = 6, OptionBits = 6, OptionMask = 0x1f;
                return LinkLayer.Ethernet(frame, at + Header + (((LinkLayer.U16(frame, at) >> OptionBits) & OptionMask) * 4));
            default:
                return WithoutIp.Contains(type) ? Peeled.Nothing : Peeled.Beyond(UnreadKind.EtherType, type);
        }
    }
}
