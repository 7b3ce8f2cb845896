using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.Captures.Packets;

/// <summary>Finds packets that travel inside others: IP in IP, GRE, VXLAN, Geneve, GTP.</summary>
internal static class Tunnels
{
    private const int Gre = 47;
    private const int GreHeader = 4;

    /// <summary>Where the inner IP packet of an IP protocol starts; −1 where the protocol carries none.</summary>
    public static int InIp(ReadOnlySpan<byte> frame, IpPacket packet) => packet.IsLaterFragment ? -1 : packet.Protocol switch
    {
        4 or 41 => packet.PayloadAt,
        Gre => InGre(frame, packet.PayloadAt),
        _ => -1,
    };

    /// <summary>Where the inner IP packet of a datagram starts, by the ports of mirrored traffic; −1 where there is none.</summary>
    public static int InDatagram(ReadOnlySpan<byte> frame, in Segment segment)
    {
        int at = segment.PayloadAt;
        return segment.Protocol != Protocols.Udp || frame.Length < at + 8 ? -1 : segment.DestinationPort switch
        {
            4789 or 8472 when (frame[at] & 0x08) != 0 => LinkLayer.Ethernet(frame, at + 8),
            6081 when frame[at] >> 6 == 0 => InGeneve(frame, at),
            2152 when frame[at] >> 5 == 1 && frame[at + 1] == 0xff => InGtp(frame, at),
            _ => -1,
        };
    }

    private static int InGre(ReadOnlySpan<byte> frame, int at)
    {
        if (frame.Length < at + GreHeader)
        {
            return -1;
        }

        byte flags = frame[at];
        int version = frame[at + 1] & 0x07;
        ushort type = (ushort)((frame[at + 2] << 8) | frame[at + 3]);
        int header = GreHeader + ((flags & 0x80) != 0 ? 4 : 0) + ((flags & 0x20) != 0 ? 4 : 0) + ((flags & 0x10) != 0 ? 4 : 0)
            + (version == 1 && (frame[at + 1] & 0x80) != 0 ? 4 : 0);

        // Mirroring of some switches: an Ethernet frame behind eight or twelve bytes of their own.
        return type switch
        {
            0x88be => LinkLayer.Ethernet(frame, at + header + ((flags & 0x10) != 0 ? 8 : 0)),
            0x22eb => LinkLayer.Ethernet(frame, at + header + 12),
            _ => LinkLayer.ByType(frame, type, at + header),
        };
    }

    private static int InGeneve(ReadOnlySpan<byte> frame, int at)
    {
        int options = (frame[at] & 0x3f) * 4;
        return LinkLayer.ByType(frame, (ushort)((frame[at + 2] << 8) | frame[at + 3]), at + 8 + options);
    }

    private static int InGtp(ReadOnlySpan<byte> frame, int at)
    {
        bool optional = (frame[at] & 0x07) != 0;
        int inner = at + 8 + (optional ? 4 : 0);
        if (optional && (frame[at] & 0x04) != 0)
        {
            // Extension headers: length in units of four bytes first, the next one's type last.
            int next = inner - 1 < frame.Length ? frame[inner - 1] : 0;
            for (int extensions = 0; next != 0 && extensions < 8 && inner < frame.Length && frame[inner] != 0; extensions++)
            {
                inner += frame[inner] * 4;
                next = inner - 1 < frame.Length ? frame[inner - 1] : 0;
            }
        }

        return inner < frame.Length && frame[inner] >> 4 is 4 or 6 ? inner : -1;
    }
}
