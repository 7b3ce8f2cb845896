namespace CipherWatch.Core.Telemetry.Captures.Packets;

/// <summary>Finds the IP packet in a frame of PPP.</summary>
internal static class PointToPoint
{
    private const ushort Ipv4 = 0x0021;
    private const ushort Ipv6 = 0x0057;
    private const ushort MplsUnicast = 0x0281;
    private const ushort MplsMulticast = 0x0283;

    /// <summary>From here on protocols negotiate and measure; below they carry packets (RFC 1661 §2).</summary>
    private const ushort FirstControl = 0x4000;

    /// <summary>The IP packet of the frame that starts at an offset, with or without address and control.</summary>
    public static Peeled Peel(ReadOnlySpan<byte> frame, int at)
    {
        if (frame.Length >= at + 4 && frame[at] == 0xff && frame[at + 1] == 0x03)
        {
            at += 2;
        }

        if (frame.Length < at + 2)
        {
            return Peeled.Nothing;
        }

        // An odd first byte is a protocol that was compressed to one.
        bool compressed = (frame[at] & 1) != 0;
        ushort protocol = compressed ? frame[at] : LinkLayer.U16(frame, at);
        at += compressed ? 1 : 2;
        return protocol switch
        {
            Ipv4 or Ipv6 => at < frame.Length ? Peeled.Ip(at) : Peeled.Nothing,
            MplsUnicast or MplsMulticast => Labels.Mpls(frame, at),
            >= FirstControl => Peeled.Nothing,
            _ => Peeled.Beyond(UnreadKind.Ppp, protocol),
        };
    }
}
