using System.Buffers.Binary;
using CipherWatch.Core.Randomness.Statistics;

namespace CipherWatch.Core.Randomness.Structure;

/// <summary>
/// Equal aligned cipher blocks. In ECB mode equal plaintext blocks are equal ciphertext blocks; in ciphertext of any
/// other mode two of m blocks of 64 bits are equal with probability m²/2⁶⁵.
/// </summary>
/// <remarks>
/// The repeats alone mean nothing: 99 % of plain text and up to a fifth of JPEG files of 4 KB have some. What counts is
/// that the <em>distinct</em> blocks, joined, look like random bytes.
/// </remarks>
public static class BlockRepeats
{
    /// <summary>Bytes judged at a time: on longer windows zstd, bzip2 and PNG repeat 8 bytes by themselves in 3–8 %.</summary>
    public const int Window = 4096;

    /// <summary>Largest clear header in front of the blocks that is allowed for.</summary>
    private const int MaxHeaderLength = 8;

    /// <summary>Chi-square of the distinct blocks above which they are not random; ciphertext exceeds it in 0.02–0.06 %.</summary>
    private const double DistinctChiSquareZ = 4;

    /// <summary>
    /// Fewest distinct blocks, or else at least <see cref="MinRepeats"/> repeats: a handful of distinct blocks of a
    /// program pass for random.
    /// </summary>
    private const int MinDistinct = 32;

    private const int MinRepeats = 2;

    /// <summary>Distinct bytes without which chi-square has nothing to say.</summary>
    private const int MinDistinctBytes = 64;

    /// <summary>Repeats of 16- or else 8-byte blocks in the first <see cref="Window"/> bytes, 0 when the gates are not passed.</summary>
    /// <param name="sample">Any bytes.</param>
    /// <param name="blockSize">16 or 8 where there are repeats, else 0.</param>
    public static int Count(ReadOnlySpan<byte> sample, out int blockSize)
    {
        sample = sample[..Math.Min(sample.Length, Window)];
        foreach (int size in (ReadOnlySpan<int>)[16, 8])
        {
            // Any header of 0–8 bytes; the phase with most repeats is the blocks' own.
            int best = 0, bestPhase = 0;
            for (int phase = 0; phase <= MaxHeaderLength && phase < size; phase++)
            {
                int repeats = Repeats(sample[phase..], size, [], out _);
                (best, bestPhase) = repeats > best ? (repeats, phase) : (best, bestPhase);
            }

            if (best > 0 && LooksEncrypted(sample[bestPhase..], size, best))
            {
                blockSize = size;
                return best;
            }
        }

        blockSize = 0;
        return 0;
    }

    private static bool LooksEncrypted(ReadOnlySpan<byte> blocks, int size, int repeats)
    {
        Span<byte> distinct = stackalloc byte[Window];
        int total = blocks.Length / size;
        Repeats(blocks, size, distinct, out int removed);
        int length = (total - removed) * size;
        if (length < MinDistinctBytes || (total - removed < MinDistinct && repeats < MinRepeats))
        {
            return false;
        }

        Span<uint> counts = stackalloc uint[ByteHistogram.Cells];
        counts.Clear();
        ByteHistogram.Count(distinct[..length], counts);
        BitStatistics bits = BitStatistics.Of(counts, length);
        return ChiSquare.Z(counts, length) < DistinctChiSquareZ
            && bits.Positions < JointThresholds.BitPositions
            && LengthCorrected.Z(PluginEntropy.Of(counts, length), length) > -DistinctChiSquareZ;
    }

    /// <summary>
    /// Varied blocks equal to an earlier one (removed counts fill too); the distinct ones are copied to <paramref name="distinct"/> if it
    /// has room.
    /// </summary>
    private static int Repeats(ReadOnlySpan<byte> blocks, int size, Span<byte> distinct, out int removed)
    {
        // Open addressing over block numbers; at most 512 blocks of 8 in a window, so the table stays half empty.
        const int Slots = 1024;
        Span<short> table = stackalloc short[Slots];
        table.Clear();
        int repeats = 0, kept = 0;
        removed = 0;
        for (int number = 0; (number + 1) * size <= blocks.Length; number++)
        {
            ReadOnlySpan<byte> block = blocks.Slice(number * size, size);
            int slot = (int)(Mix(block) & (Slots - 1));
            while (table[slot] != 0 && !blocks.Slice((table[slot] - 1) * size, size).SequenceEqual(block))
            {
                slot = (slot + 1) & (Slots - 1);
            }

            if (table[slot] != 0)
            {
                repeats += IsVaried(block) ? 1 : 0;
                removed++;
                continue;
            }

            table[slot] = (short)(number + 1);
            if (!distinct.IsEmpty)
            {
                block.CopyTo(distinct[kept..]);
                kept += size;
            }
        }

        return repeats;
    }

    /// <summary>
    /// Whether a block could be a cipher's: 8 random bytes have fewer than 6 different values, or 16 fewer than 12, once in
    /// 10⁴. Padding and fill repeat too, and are not.
    /// </summary>
    private static bool IsVaried(ReadOnlySpan<byte> block)
    {
        int different = 0;
        for (int i = 0; i < block.Length; i++)
        {
            different += block[..i].Contains(block[i]) ? 0 : 1;
        }

        return different * 4 >= block.Length * 3;
    }

    private static ulong Mix(ReadOnlySpan<byte> block)
    {
        // Multiplication by an odd constant near 2^64/φ spreads low bits upward; the top bits come down by the shift.
        const ulong Odd = 0x9E3779B97F4A7C15;
        ulong mixed = BinaryPrimitives.ReadUInt64LittleEndian(block) * Odd;
        return (block.Length == 16 ? (mixed ^ BinaryPrimitives.ReadUInt64LittleEndian(block[8..])) * Odd : mixed) >> 40;
    }
}
