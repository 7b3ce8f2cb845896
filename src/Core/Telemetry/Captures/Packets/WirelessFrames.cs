namespace CipherWatch.Core.Telemetry.Captures.Packets;

/// <summary>Finds the IP packet in a frame of 802.11. Frames encrypted on the air hold none that can be read.</summary>
internal static class WirelessFrames
{
    private const int HeaderBytes = 24;
    private const int FourthAddressBytes = 6;
    private const int QosBytes = 2;
    private const int HighThroughputBytes = 4;

    /// <summary>Addresses and length before each frame of an aggregate.</summary>
    private const int SubframeBytes = 14;

    private const byte Aggregate = 0x80;

    /// <summary>The IP packet of the frame that starts at an offset; of an aggregate the first one's.</summary>
    public static Peeled Peel(ReadOnlySpan<byte> frame, int at)
    {
        if (frame.Length < at + HeaderBytes)
        {
            return Peeled.Nothing;
        }

        byte control = frame[at];
        byte flags = frame[at + 1];
        bool isData = (control & 0x0c) == 0x08 && (control & 0x40) == 0;
        bool isProtected = (flags & 0x40) != 0;
        if (!isData || isProtected)
        {
            return isData ? Peeled.Beyond(UnreadKind.Wireless) : Peeled.Nothing;
        }

        bool qos = (control & 0x80) != 0;
        int qosAt = at + HeaderBytes + ((flags & 0x03) == 0x03 ? FourthAddressBytes : 0);
        int llc = qosAt + (qos ? QosBytes : 0) + (qos && (flags & 0x80) != 0 ? HighThroughputBytes : 0);
        bool aggregate = qos && qosAt < frame.Length && (frame[qosAt] & Aggregate) != 0;
        return LinkLayer.Llc(frame, aggregate ? llc + SubframeBytes : llc);
    }
}
