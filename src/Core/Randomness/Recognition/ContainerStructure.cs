using CipherWatch.Core.Randomness.Structure;

namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>
/// What must follow a container's magic. A few bytes of magic cost an implant nothing, so the header behind them is
/// read as far as the sample shows it.
/// </summary>
internal static class ContainerStructure
{
    /// <summary>gzip (RFC 1952): reserved flags clear, and a deflate stream after the header.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        const int Header = 10, Extra = 4, Name = 8, Comment = 16, HeaderChecksum = 2, Reserved = 0xE0;
        int flags = sample.U8(3);
        if (flags < 0)
        {
            return true;
        }

        int at = Header + ((flags & Extra) != 0 ? 2 + Math.Max(sample.U16Little(Header), 0) : 0);
        at = (flags & Name) != 0 ? AfterZero(sample, at) : at;
        at = (flags & Comment) != 0 ? AfterZero(sample, at) : at;
        at += (flags & HeaderChecksum) != 0 ? 2 : 0;
        return (flags & Reserved) == 0 && (at >= sample.Length || DeflateHeader.CanBegin(sample[at..]));
    }

    /// <summary>zlib (RFC 1950): a check of the two header bytes, no dictionary, and a deflate stream behind them.</summary>
    public static bool IsZlib(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample[0] is 0x78 or 0x68 or 0x58 or 0x48 && sample.U16(0) % 31 == 0 && (sample[1] & 0x20) == 0
        && sample.Length > 8 && DeflateHeader.Read(sample[2..]) is DeflateStart.Dynamic or DeflateStart.Stored or DeflateStart.Fixed;

    /// <summary>A zip entry: a version, a method that exists, a name's length, and deflate where it says so.</summary>
    public static bool IsZipEntry(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        const int Header = 30, Deflated = 8;
        if (sample.Length < Header)
        {
            return true;
        }

        int method = sample.U16Little(8);
        int data = Header + sample.U16Little(26) + sample.U16Little(28);
        return method is <= 20 or (>= 93 and <= 99)
            && sample.U16Little(26) is > 0 and < 1024
            && (method != Deflated || data >= sample.Length || DeflateHeader.CanBegin(sample[data..]));
    }

    /// <summary>Zstandard (RFC 8878): the reserved bit clear and a first block of a type that exists.</summary>
    public static bool IsZstandard(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        int descriptor = sample.U8(4);
        if (descriptor < 0)
        {
            return true;
        }

        const int SingleSegment = 0x20, ReservedBit = 0x08, MaxBlockLength = 1 << 17;
        ReadOnlySpan<int> dictionary = [0, 1, 2, 4], size = [0, 2, 4, 8];
        bool single = (descriptor & SingleSegment) != 0;
        int at = 5 + (single ? 0 : 1) + dictionary[descriptor & 3] + (descriptor >> 6 == 0 && single ? 1 : size[descriptor >> 6]);
        if ((descriptor & ReservedBit) != 0 || at + 3 > sample.Length)
        {
            return (descriptor & ReservedBit) == 0;
        }

        int block = sample[at] | (sample[at + 1] << 8) | (sample[at + 2] << 16);
        return (block >> 1 & 3) != 3 && block >> 3 <= MaxBlockLength;
    }

    /// <summary>An MPEG audio frame header with no forbidden value, and another where the first says it ends.</summary>
    public static bool IsMpegAudio(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        if (!MpegFrame(sample, out int length))
        {
            return false;
        }

        // Two headers are 2^-20 of chance; a sample that ends before the second is not believed.
        return sample.Length >= length + 4 && MpegFrame(sample[length..], out _);
    }

    /// <summary>MPEG transport stream: a sync byte every 188 bytes.</summary>
    public static bool IsTransportStream(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample.U8(188) == 0x47 && sample.U8(376) == 0x47;

    /// <summary>A DOS header that points to a PE header, or is too short to show it.</summary>
    public static bool IsPortableExecutable(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        long at = sample.U32Little(0x3C);
        return at is > 0 and < 4096 && (at + 4 > sample.Length || sample.U32Little((int)at) == 0x4550);
    }

    private static bool MpegFrame(ReadOnlySpan<byte> frame, out int length)
    {
        length = 0;
        if (frame.Length < 4 || frame[0] != 0xFF || (frame[1] & 0xE0) != 0xE0)
        {
            return false;
        }

        ReadOnlySpan<int> kilobits1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
        ReadOnlySpan<int> kilobits2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
        ReadOnlySpan<int> hertz = [44100, 48000, 32000];
        int version = frame[1] >> 3 & 3;
        int layer = frame[1] >> 1 & 3;
        int rate = frame[2] >> 4;
        int frequency = frame[2] >> 2 & 3;
        // Layer III only; version 1 is reserved, rate 0 free, rate 15 and frequency 3 forbidden, emphasis 2 reserved.
        if (version == 1 || layer != 1 || rate is 0 or 15 || frequency == 3 || (frame[3] & 3) == 2)
        {
            return false;
        }

        bool first = version == 3;
        int sampling = hertz[frequency] >> (first ? 0 : version == 2 ? 1 : 2);
        length = ((first ? 144 : 72) * 1000 * (first ? kilobits1[rate] : kilobits2[rate]) / sampling) + (frame[2] >> 1 & 1);
        return true;
    }

    private static int AfterZero(ReadOnlySpan<byte> sample, int at)
    {
        int zero = at < sample.Length ? sample[at..].IndexOf((byte)0) : -1;
        return zero < 0 ? sample.Length : at + zero + 1;
    }
}
