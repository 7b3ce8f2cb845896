namespace CipherWatch.Core.Telemetry.Captures.Packets;

/// <summary>Finds packets that travel inside others by IP protocol: IP in IP, GRE and what switches mirror by it, Ethernet, MPLS.</summary>
internal static class IpTunnels
{
    private const int GreHeader = 4;

    /// <summary>The inner packet; nothing where the protocol carries none, or none that is read.</summary>
    public static Peeled Find(ReadOnlySpan<byte> frame, in IpPacket packet)
    {
        const byte Ipv4 = 4, Ipv6 = 41, Gre = 47, EtherIp = 97, L2tp = 115, Mpls = 137;
        Peeled inner = packet.Protocol switch
        {
            Ipv4 or Ipv6 => Peeled.Ip(packet.PayloadAt),
            Gre => FindInGre(frame, packet.PayloadAt),
            EtherIp => LinkLayer.Ethernet(frame, packet.PayloadAt + 2),
            L2tp => Layer2.FindInVersion3(frame, packet.PayloadAt),
            Mpls => Labels.Mpls(frame, packet.PayloadAt),
            _ => Peeled.Nothing,
        };
        return !inner.IsIp || IpPacket.IsSound(frame, inner.At) ? inner : Peeled.Nothing;
    }

    /// <summary>The packet behind a GRE header (RFC 2784, 2890; version 1, of PPTP, RFC 2637).</summary>
    public static Peeled FindInGre(ReadOnlySpan<byte> frame, int at)
    {
        const byte HasChecksum = 0x80, HasRouting = 0x40, HasKey = 0x20, HasSequence = 0x10, HasAcknowledgement = 0x80;
        const ushort Erspan2 = 0x88be, Erspan3 = 0x22eb, Redirect = 0x883e;
        if (frame.Length < at + GreHeader)
        {
            return Peeled.Nothing;
        }

        byte flags = frame[at];
        int version = frame[at + 1] & 0x07;
        ushort type = LinkLayer.U16(frame, at + 2);
        int inner = at + GreHeader + ((flags & (HasChecksum | HasRouting)) != 0 ? 4 : 0) + ((flags & HasKey) != 0 ? 4 : 0)
            + ((flags & HasSequence) != 0 ? 4 : 0) + (version == 1 && (frame[at + 1] & HasAcknowledgement) != 0 ? 4 : 0);
        inner = (flags & HasRouting) != 0 && version == 0 ? PassRoutes(frame, inner) : inner;
        return type switch
        {
            // Type I has no header of its own, and then no sequence number either.
            Erspan2 when (flags & HasSequence) == 0 => LinkLayer.Ethernet(frame, inner),
            Erspan2 => LinkLayer.Ethernet(frame, inner + 8),
            Erspan3 => FindInErspan3(frame, inner),

            // Redirected web traffic: a word of its own before the packet, or none.
            Redirect when inner < frame.Length => Peeled.Ip(frame[inner] >> 4 == 4 ? inner : inner + 4),
            Redirect => Peeled.Nothing,
            _ => EtherTypes.Follow(frame, type, inner),
        };
    }

    /// <summary>Twelve bytes, of which the last says whether eight more follow and the one before what is mirrored.</summary>
    private static Peeled FindInErspan3(ReadOnlySpan<byte> frame, int at)
    {
        const int Header = 12, Optional = 8, KindAt = 10, KindShift = 2, KindMask = 0x1f, Ip = 2;
        if (frame.Length < at + Header)
        {
            return Peeled.Nothing;
        }

        int kind = (frame[at + KindAt] >> KindShift) & KindMask;
        bool optional = (frame[at + Header - 1] & 1) != 0;
        at += Header + (optional ? Optional : 0);
        return kind == Ip ? at < frame.Length ? Peeled.Ip(at) : Peeled.Nothing : LinkLayer.Ethernet(frame, at);
    }

    /// <summary>Source routes of old GRE (RFC 1701): family, offset, length, until a length of zero.</summary>
    private static int PassRoutes(ReadOnlySpan<byte> frame, int at)
    {
        const int RouteHeader = 4, MaxRoutes = 16;
        for (int routes = 0; routes < MaxRoutes && frame.Length >= at + RouteHeader; routes++)
        {
            int length = frame[at + 3];
            at += RouteHeader + length;
            if (length == 0)
            {
                break;
            }
        }

        return at;
    }
}
