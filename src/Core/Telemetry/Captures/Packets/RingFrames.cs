namespace CipherWatch.Core.Telemetry.Captures.Packets;

/// <summary>Finds the IP packet in frames of networks with headers of their own kind: token ring, frame relay.</summary>
internal static class RingFrames
{
    private const byte Unnumbered = 0x03;
    private const byte NlpidSnap = 0x80;
    private const byte NlpidIpv6 = 0x8e;
    private const byte NlpidIpv4 = 0xcc;

    /// <summary>Access and frame control, two addresses, and routing where the sender's address says so.</summary>
    public static Peeled TokenRing(ReadOnlySpan<byte> frame, int at)
    {
        const int Header = 14, SenderAt = 8;
        const byte Routed = 0x80, RoutingLength = 0x1f;
        if (frame.Length <= at + Header)
        {
            return Peeled.Nothing;
        }

        int routing = (frame[at + SenderAt] & Routed) != 0 ? frame[at + Header] & RoutingLength : 0;
        return LinkLayer.Llc(frame, at + Header + routing);
    }

    /// <summary>
    /// An address of two to four bytes, the last with its lowest bit set, control, and the id of what follows (RFC 2427).
    /// </summary>
    public static Peeled FrameRelay(ReadOnlySpan<byte> frame, int at)
    {
        const int MaxAddress = 4;
        int end = at;
        while (end < frame.Length && end < at + MaxAddress && (frame[end] & 1) == 0)
        {
            end++;
        }

        end++;
        if (frame.Length < end + 2)
        {
            return Peeled.Nothing;
        }

        if (frame[end] != Unnumbered)
        {
            // Cisco's own form has an Ethernet type in place of control and id.
            return EtherTypes.Follow(frame, LinkLayer.U16(frame, end), end + 2);
        }

        int id = end + 1;
        id += frame[id] == 0 ? 1 : 0;
        return id >= frame.Length ? Peeled.Nothing : frame[id] switch
        {
            NlpidIpv4 or NlpidIpv6 when id + 1 < frame.Length => Peeled.Ip(id + 1),
            NlpidSnap when frame.Length >= id + 6 => EtherTypes.Follow(frame, LinkLayer.U16(frame, id + 4), id + 6),
            _ => Peeled.Nothing,
        };
    }
}
