namespace CipherWatch.Core.Randomness.Structure;

/// <summary>
/// Reads the first block header of a raw deflate stream (RFC 1951 §3.2). At 128 B and more the dynamic header of real
/// streams is whole in 98–100 %; tried at the start of a payload only, since in mid-stream a header is 10–30 KB away.
/// </summary>
public static class DeflateHeader
{
    private const int MaxCodeLength = 15;

    /// <summary>Order in which the lengths of the code-length code are sent.</summary>
    private static ReadOnlySpan<byte> Order => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>Whether the bytes can be the start of a deflate stream, or end too soon to tell.</summary>
    public static bool CanBegin(ReadOnlySpan<byte> stream) => Read(stream) != DeflateStart.None;

    /// <summary>What the stream begins with.</summary>
    /// <param name="stream">Bytes from the first of the stream.</param>
    public static DeflateStart Read(ReadOnlySpan<byte> stream)
    {
        BitReader bits = new BitReader(stream);
        bits.Take(1);
        return bits.Take(2) switch
        {
            0 => ReadStored(stream),
            1 => DeflateStart.Fixed,
            2 => ReadDynamic(ref bits),
            _ => DeflateStart.None,
        };
    }

    private static DeflateStart ReadStored(ReadOnlySpan<byte> stream) =>
        stream.Length < 5 ? DeflateStart.CutOff
        : (stream[1] | (stream[2] << 8)) == (~(stream[3] | (stream[4] << 8)) & 0xFFFF) ? DeflateStart.Stored
        : DeflateStart.None;

    private static DeflateStart ReadDynamic(ref BitReader bits)
    {
        int literals = bits.Take(5) + 257;
        int distances = bits.Take(5) + 1;
        int codes = bits.Take(4) + 4;
        if (literals > 286 || distances > 30)
        {
            return DeflateStart.None;
        }

        Span<byte> lengths = stackalloc byte[19];
        lengths.Clear();
        for (int i = 0; i < codes; i++)
        {
            lengths[Order[i]] = (byte)bits.Take(3);
        }

        if (bits.CutOff)
        {
            return DeflateStart.CutOff;
        }

        if (Room(lengths) != 0)
        {
            return DeflateStart.None;
        }

        Span<byte> all = stackalloc byte[286 + 30];
        all.Clear();
        if (!ReadLengths(ref bits, lengths, all[..(literals + distances)]))
        {
            return bits.CutOff ? DeflateStart.CutOff : DeflateStart.None;
        }

        // The literal code must be complete and have an end of block; a lone distance code may be incomplete.
        const int EndOfBlock = 256;
        int distanceRoom = Room(all.Slice(literals, distances));
        return all[EndOfBlock] != 0 && Room(all[..literals]) == 0 && (distanceRoom == 0 || Used(all.Slice(literals, distances)) <= 1)
            ? DeflateStart.Dynamic
            : DeflateStart.None;
    }

    private static bool ReadLengths(ref BitReader bits, scoped ReadOnlySpan<byte> codeLengths, scoped Span<byte> into)
    {
        for (int i = 0; i < into.Length;)
        {
            int symbol = Decode(ref bits, codeLengths);
            (int repeat, int value) = symbol switch
            {
                < 0 => (0, 0),
                < 16 => (1, symbol),
                16 => (3 + bits.Take(2), i == 0 ? -1 : into[i - 1]),
                17 => (3 + bits.Take(3), 0),
                _ => (11 + bits.Take(7), 0),
            };
            if (bits.CutOff || repeat == 0 || value < 0 || i + repeat > into.Length)
            {
                return false;
            }

            into.Slice(i, repeat).Fill((byte)value);
            i += repeat;
        }

        return true;
    }

    /// <summary>Canonical decoding of the code-length code, seven bits at most: slow and small.</summary>
    private static int Decode(ref BitReader bits, scoped ReadOnlySpan<byte> lengths)
    {
        int code = 0, first = 0;
        for (int length = 1; length <= 7; length++)
        {
            code |= bits.Take(1);
            int count = lengths.Count((byte)length);
            if (code - first < count)
            {
                return Nth(lengths, (byte)length, code - first);
            }

            first = (first + count) << 1;
            code <<= 1;
        }

        return -1;
    }

    private static int Nth(ReadOnlySpan<byte> lengths, byte length, int index)
    {
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] == length && index-- == 0)
            {
                return symbol;
            }
        }

        return -1;
    }

    private static int Used(ReadOnlySpan<byte> lengths) => lengths.Length - lengths.Count((byte)0);

    /// <summary>Code space left, in units of the longest code: 0 is complete, negative over-full.</summary>
    private static int Room(ReadOnlySpan<byte> lengths)
    {
        int room = 1 << MaxCodeLength;
        foreach (byte length in lengths)
        {
            room -= length == 0 ? 0 : 1 << (MaxCodeLength - length);
        }

        return room;
    }
}
