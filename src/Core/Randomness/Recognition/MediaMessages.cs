using static CipherWatch.Core.Randomness.Recognition.FieldReading;

namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>STUN (RFC 8489, 3489) and RTCP (RFC 3550); RTP shows only over several datagrams, see <see cref="DatagramFlow"/>.</summary>
internal static class MediaMessages
{
    private const int StunHeader = 20;

    /// <summary>STUN by its cookie: the two top bits clear, the length in whole words.</summary>
    public static bool IsStun(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample[0] < 0x40 && sample.U16(2) % 4 == 0;

    /// <summary>STUN in a stream behind a two-byte length (RFC 4571).</summary>
    public static bool IsFramedStun(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample[2] < 0x40 && sample.U16(0) >= StunHeader && sample.U16(4) + StunHeader == sample.U16(0);

    /// <summary>STUN before the cookie: a method that exists, the datagram's length, attributes that add up to it.</summary>
    public static bool IsClassicStun(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        if (sample.Length < StunHeader || sample.U16(2) != Whole(sample, context) - StunHeader
            || (sample.U16(0) & 0x3EEF) is not (>= 1 and <= 9))
        {
            return false;
        }

        int at = StunHeader;
        while (at + 4 <= sample.Length)
        {
            at += 4 + ((sample.U16(at + 2) + 3) & ~3);
        }

        // Without attributes nothing but the header speaks for it: let it only be as long as a binding request.
        return at >= sample.Length;
    }

    /// <summary>A sender or receiver report: version 2, type 200–207, and lengths in words that add up.</summary>
    public static bool IsRtcp(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        if (sample.Length < 8 || sample[0] >> 6 != 2 || sample[1] is < 200 or > 207)
        {
            return false;
        }

        int at = 0;
        while (at + 4 <= sample.Length && sample[at] >> 6 == 2 && sample[at + 1] is >= 200 and <= 207)
        {
            at += (sample.U16(at + 2) + 1) * 4;
        }

        // Secured RTCP ends with an index and a tag of 4 to 20 bytes in all.
        return Whole(sample, context) - at is 0 or (>= 8 and <= 20) || (sample.U16(2) == 6 && sample[1] == 200);
    }
}
