namespace CipherWatch.Core.Telemetry.Captures.Packets;

/// <summary>Follows the labels of MPLS and the headers of service chains to the packet behind them.</summary>
internal static class Labels
{
    private const int MaxLabels = 12;
    private const int ControlWord = 4;

    /// <summary>The IP packet behind the last label.</summary>
    public static Peeled Mpls(ReadOnlySpan<byte> frame, int at)
    {
        for (int labels = 0; labels < MaxLabels && frame.Length > at + 4; labels++)
        {
            bool bottom = (frame[at + 2] & 1) != 0;
            at += 4;
            if (bottom)
            {
                return Below(frame, at);
            }
        }

        return Peeled.Nothing;
    }

    /// <summary>The IP packet behind a header of a service chain (RFC 8300).</summary>
    public static Peeled ServiceHeader(ReadOnlySpan<byte> frame, int at)
    {
        const int LengthMask = 0x3f;
        if (frame.Length < at + 8)
        {
            return Peeled.Nothing;
        }

        int inner = at + ((frame[at + 1] & LengthMask) * 4);
        return frame[at + 3] switch
        {
            1 or 2 when inner < frame.Length => Peeled.Ip(inner),
            3 => LinkLayer.Ethernet(frame, inner),
            5 => Mpls(frame, inner),
            _ => Peeled.Nothing,
        };
    }

    /// <summary>
    /// No label says what is behind it: an IP packet, or an Ethernet frame with a control word before it or without. The first
    /// reading that yields a sound IP header is right; where none does, the first four bits decide.
    /// </summary>
    private static Peeled Below(ReadOnlySpan<byte> frame, int at)
    {
        if (IpPacket.IsSound(frame, at))
        {
            return Peeled.Ip(at);
        }

        Peeled behindControl = LinkLayer.Ethernet(frame, at + ControlWord);
        Peeled bare = LinkLayer.Ethernet(frame, at);
        return frame[at] >> 4 == 0 && IpPacket.IsSound(frame, behindControl.At) ? behindControl
            : IpPacket.IsSound(frame, bare.At) ? bare
            : (frame[at] >> 4) switch { 4 or 6 => Peeled.Ip(at), 0 => behindControl, _ => bare };
    }
}
