using static CipherWatch.Core.Randomness.Recognition.FieldReading;

namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>DNS and its relatives with the same header (mDNS, LLMNR, NetBIOS name service), RFC 1035 §4.1.</summary>
internal static class NameMessages
{
    private const int HeaderLength = 12;
    private const int MaxNameLength = 255;

    // More records than fit a message of usual size speak for chance.
    private const int MaxRecords = 256;

    /// <summary>A header with few records of each kind, then a name in labels, a type and a class that exist.</summary>
    public static bool IsDns(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        if (sample.Length < HeaderLength || (sample[3] & 0x40) != 0)
        {
            return false;
        }

        int questions = sample.U16(4);
        int answers = sample.U16(6);
        int others = sample.U16(8) + sample.U16(10);
        if (questions > MaxRecords || answers > MaxRecords || others > MaxRecords || questions + answers + others == 0)
        {
            return false;
        }

        // Five header bytes that are nearly always zero weigh as much as a magic; the name settles the rest.
        int at = HeaderLength;
        return SkipName(sample, ref at)
            && (at + 4 > sample.Length
                || (sample.U16(at) is > 0 and < 512 or 32769 or 65281 && (sample.U16(at + 2) & 0x7FFF) is (>= 1 and <= 4) or 254 or 255));
    }

    /// <summary>The same behind a stream's two-byte length.</summary>
    public static bool IsDnsOverTcp(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        context.Transport != Transport.Udp && sample.Length > HeaderLength + 2 && sample.U16(0) >= HeaderLength + 5
        && sample.U16(0) <= Math.Max(Whole(sample, context) - 2, 512) && IsDns(sample[2..], context);

    private static bool SkipName(ReadOnlySpan<byte> sample, ref int at)
    {
        int start = at;
        while (at < sample.Length && at - start <= MaxNameLength)
        {
            int label = sample[at];
            if (label == 0)
            {
                at++;
                return true;
            }

            if ((label & 0xC0) == 0xC0)
            {
                at += 2;
                return at - start > 2 || sample.U16(start) < 0xC000 + sample.Length;
            }

            if ((label & 0xC0) != 0)
            {
                return false;
            }

            at += 1 + label;
        }

        // Cut off inside a name: believed only when labels went on for longer than chance would.
        return at >= sample.Length && at - start >= 8;
    }
}
