namespace CipherWatch.Cli.Simulation.Rendering.Network;

/// <summary>Makes counts of packets from bytes of payload.</summary>
internal static class PacketCounts
{
    private const int HeaderBytes = 40;
    private const int SegmentBytes = 1_460;

    /// <summary>Packets that carry so many bytes; of TCP also those that open, acknowledge and close.</summary>
    public static long Of(long bytes, bool isTcp) => (bytes / SegmentBytes) + (isTcp ? 4 : 1);

    /// <summary>Bytes with the headers of the packets.</summary>
    public static long WithHeaders(long bytes, long packets) => bytes + (packets * HeaderBytes);
}
