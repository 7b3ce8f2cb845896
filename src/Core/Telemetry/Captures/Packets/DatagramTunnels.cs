using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.Captures.Packets;

/// <summary>Finds packets that travel inside datagrams, by the ports that tunnels have and the headers that prove them.</summary>
internal static class DatagramTunnels
{
    private const int MinBytes = 8;

    /// <summary>The tunnel that a datagram is of.</summary>
    public static Tunnel Find(ReadOnlySpan<byte> frame, in Segment segment)
    {
        int at = segment.PayloadAt;
        if (segment.Protocol != Protocols.Udp || frame.Length < at + MinBytes)
        {
            return Tunnel.None;
        }

        Tunnel found = Of(segment.DestinationPort, frame, at);

        // Some answer from the port that they are called at.
        return found.Name is not null || segment.SourcePort is not (1701 or 2152 or 3544 or 4341) ? found
            : Of(segment.SourcePort, frame, at);
    }

    private static Tunnel Of(ushort port, ReadOnlySpan<byte> frame, int at) => port switch
    {
        1701 => Layer2.FindInDatagram(frame, at),
        2152 when frame[at] >> 5 == 1 && frame[at + 1] == 0xff => Tunnel.IfSound("gtp", frame, Gtp(frame, at)),
        3544 => Tunnel.IfSound("teredo", frame, Teredo(frame, at)),
        4341 => Tunnel.IfSound("lisp", frame, Peeled.Ip(at + 8)),
        4754 => Tunnel.IfSound("gre", frame, IpTunnels.FindInGre(frame, at)),
        4789 or 4790 or 8472 when (frame[at] & 0x08) != 0 => Tunnel.IfSound("vxlan", frame, Vxlan(frame, at)),
        6081 when frame[at] >> 6 == 0 => Tunnel.IfSound("geneve", frame, Geneve(frame, at)),
        6635 => Tunnel.IfSound("mpls", frame, Labels.Mpls(frame, at)),
        30030 => Tunnel.IfSound("jmirror", frame, Peeled.Ip(at + 8)),
        37008 => Tunnel.IfSound("tzsp", frame, Tzsp(frame, at)),
        _ => Tunnel.None,
    };

    /// <summary>An Ethernet frame (RFC 7348), or what the header names where it has the flag of the generic extension.</summary>
    private static Peeled Vxlan(ReadOnlySpan<byte> frame, int at)
    {
        const byte NamesNext = 0x04;
        int inner = at + 8;
        return (frame[at] & NamesNext) == 0 ? LinkLayer.Ethernet(frame, inner) : frame[at + 3] switch
        {
            1 or 2 => Peeled.Ip(inner),
            4 => Labels.ServiceHeader(frame, inner),
            5 => Labels.Mpls(frame, inner),
            _ => LinkLayer.Ethernet(frame, inner),
        };
    }

    /// <summary>Options in words of four bytes, and an Ethernet type (RFC 8926).</summary>
    private static Peeled Geneve(ReadOnlySpan<byte> frame, int at)
    {
        const int OptionMask = 0x3f;
        return EtherTypes.Follow(frame, LinkLayer.U16(frame, at + 2), at + 8 + ((frame[at] & OptionMask) * 4));
    }

    private static Peeled Gtp(ReadOnlySpan<byte> frame, int at)
    {
        const byte HasOptional = 0x07, HasExtension = 0x04;
        const int MaxExtensions = 8;
        bool optional = (frame[at] & HasOptional) != 0;
        int inner = at + 8 + (optional ? 4 : 0);
        if ((frame[at] & HasExtension) != 0)
        {
            // Extension headers: length in units of four bytes first, the next one's type last.
            int next = inner - 1 < frame.Length ? frame[inner - 1] : 0;
            for (int extensions = 0; next != 0 && extensions < MaxExtensions && inner < frame.Length && frame[inner] != 0; extensions++)
            {
                inner += frame[inner] * 4;
                next = inner - 1 < frame.Length ? frame[inner - 1] : 0;
            }
        }

        return inner < frame.Length ? Peeled.Ip(inner) : Peeled.Nothing;
    }

    /// <summary>IPv6, with proof of the sender and its address as seen before it where they are there (RFC 4380 §5.1.1).</summary>
    private static Peeled Teredo(ReadOnlySpan<byte> frame, int at)
    {
        const int ProofHeader = 4, ProofRest = 9, Origin = 8;
        if (frame[at] == 0 && frame[at + 1] == 1)
        {
            at += ProofHeader + frame[at + 2] + frame[at + 3] + ProofRest;
        }

        if (frame.Length > at + Origin && frame[at] == 0 && frame[at + 1] == 0)
        {
            at += Origin;
        }

        return at < frame.Length && frame[at] >> 4 == 6 ? Peeled.Ip(at) : Peeled.Nothing;
    }

    /// <summary>Version, kind, what is carried, and fields each with its length, up to one that ends them.</summary>
    private static Peeled Tzsp(ReadOnlySpan<byte> frame, int at)
    {
        const int Header = 4, MaxFields = 64, Padding = 0, End = 1;
        const ushort EthernetFrame = 0x01, WirelessFrame = 0x12;
        if (frame[at] != 1 || frame[at + 1] > 1)
        {
            return Peeled.Nothing;
        }

        ushort carried = LinkLayer.U16(frame, at + 2);
        at += Header;
        for (int fields = 0; fields < MaxFields && at + 1 < frame.Length && frame[at] != End; fields++)
        {
            at += frame[at] == Padding ? 1 : 2 + frame[at + 1];
        }

        at++;
        return carried switch
        {
            EthernetFrame => LinkLayer.Ethernet(frame, at),
            WirelessFrame => WirelessFrames.Peel(frame, at),
            _ => Peeled.Nothing,
        };
    }
}
