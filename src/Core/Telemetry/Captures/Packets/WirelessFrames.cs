namespace CipherWatch.Core.Telemetry.Captures.Packets;

/// <summary>Finds the IP packet in a frame of 802.11. Frames encrypted on the air hold none that can be read.</summary>
internal static class WirelessFrames
{
    private const int HeaderBytes = 24;
    private const int FourthAddressBytes = 6;
    private const int QosBytes = 2;
    private const int HighThroughputBytes = 4;

    /// <summary>Where the IP packet starts; −1 where there is none.</summary>
    public static int FindIp(ReadOnlySpan<byte> frame, int at)
    {
        if (frame.Length < at + HeaderBytes)
        {
            return -1;
        }

        byte control = frame[at];
        byte flags = frame[at + 1];
        bool isData = (control & 0x0c) == 0x08 && (control & 0x40) == 0;
        bool isProtected = (flags & 0x40) != 0;
        if (!isData || isProtected)
        {
            return -1;
        }

        bool qos = (control & 0x80) != 0;
        int header = HeaderBytes
            + ((flags & 0x03) == 0x03 ? FourthAddressBytes : 0)
            + (qos ? QosBytes : 0)
            + (qos && (flags & 0x80) != 0 ? HighThroughputBytes : 0);
        return LinkLayer.Snap(frame, at + header);
    }
}
