using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CipherWatch.Core.Randomness.Statistics;

namespace CipherWatch.Core.Randomness.Structure;

/// <summary>
/// Index of coincidence by column: how often two bytes at a distance that is a multiple of k are equal. Under a
/// repeating key of k bytes such pairs share their key byte, so the plaintext's own coincidences show.
/// </summary>
/// <remarks>
/// Pairs are counted once per distance, a vector at a time, and summed over the multiples of each length: about two
/// microseconds for 512 bytes and all lengths, where the likelihoods of one length take fifteen.
/// </remarks>
internal static class ColumnCoincidence
{
    /// <summary>
    /// Fewest deviations of a Poisson count above chance for a length to be tried. Text has 16 times the coincidences of
    /// chance: five bytes a column are enough for it.
    /// </summary>
    private const double MinDeviations = 4;

    /// <summary>Share of the best length's coincidence that a length must have: multiples of the key's length do, others do not.</summary>
    private const double MinShare = 0.6;

    /// <summary>
    /// Coincidences of text, in multiples of chance: 16, or 12 in upper case and numbers. A period of the plaintext's own
    /// makes more, and the key's length need not keep up with that.
    /// </summary>
    private const double TextRate = 12;

    /// <summary>Share of equal bytes at one distance from which a sample is fill or a pattern over and over.</summary>
    private const double PeriodicShare = 0.9;

    /// <summary>Longest pattern in bytes that is taken for fill: text may well repeat itself at longer distances.</summary>
    private const int MaxPatternLength = 64;

    /// <summary>Periods of a pattern that must be in the sample.</summary>
    private const int MinPeriods = 3;

    /// <summary>Share of its rows from which one byte makes a column constant.</summary>
    private const double ConstantShare = 0.8;

    /// <summary>Marks the key lengths worth trying, by index.</summary>
    /// <param name="sample">At most <see cref="RepeatingXor.Window"/> bytes.</param>
    /// <param name="lengths">Key lengths in bytes.</param>
    /// <param name="worth">One for each length.</param>
    /// <returns>Whether there is any; none where the whole sample repeats itself.</returns>
    [SkipLocalsInit]
    public static bool Candidates(ReadOnlySpan<byte> sample, ReadOnlySpan<byte> lengths, Span<bool> worth)
    {
        Span<int> equal = stackalloc int[RepeatingXor.Window];
        for (int distance = 1; distance < sample.Length; distance++)
        {
            equal[distance] = Equal(sample[..^distance], sample[distance..]);
            if (distance <= MaxPatternLength && distance * MinPeriods <= sample.Length
                && equal[distance] >= PeriodicShare * (sample.Length - distance))
            {
                return false;
            }
        }

        Span<double> rates = stackalloc double[lengths.Length];
        double best = 0.0;
        for (int i = 0; i < lengths.Length; i++)
        {
            (int found, int pairs) = (0, 0);
            for (int distance = lengths[i]; distance < sample.Length; distance += lengths[i])
            {
                found += equal[distance];
                pairs += sample.Length - distance;
            }

            double expected = pairs / 256.0;
            rates[i] = found - expected > MinDeviations * Math.Sqrt(Math.Max(expected, 1)) ? found / expected : 0;
            best = Math.Max(best, rates[i]);
        }

        for (int i = 0; i < lengths.Length; i++)
        {
            worth[i] = best > 0 && rates[i] >= MinShare * Math.Min(best, TextRate);
        }

        return best > 0;
    }

    /// <summary>Share of the columns in which one byte is nearly all there is, as in a table of records.</summary>
    /// <param name="sample">Any bytes.</param>
    /// <param name="commonest">One for each column; takes the commonest byte of each.</param>
    public static double Constant(ReadOnlySpan<byte> sample, Span<byte> commonest)
    {
        Span<ushort> counts = stackalloc ushort[ByteHistogram.Cells];
        int constant = 0;
        for (int column = 0; column < commonest.Length; column++)
        {
            counts.Clear();
            int most = 0, rows = 0;
            for (int i = column; i < sample.Length; i += commonest.Length, rows++)
            {
                ushort count = ++counts[sample[i]];
                (most, commonest[column]) = count > most ? (count, sample[i]) : (most, commonest[column]);
            }

            constant += most >= ConstantShare * rows ? 1 : 0;
        }

        return (double)constant / commonest.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Equal(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        ref byte a = ref MemoryMarshal.GetReference(left);
        ref byte b = ref MemoryMarshal.GetReference(right);
        int count = 0;
        int i = 0;
        for (; i <= left.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
        {
            count += BitOperations.PopCount(
                Vector256.Equals(Vector256.LoadUnsafe(ref a, (nuint)i), Vector256.LoadUnsafe(ref b, (nuint)i)).ExtractMostSignificantBits(
                    ));
        }

        for (; i < left.Length; i++)
        {
            count += left[i] == right[i] ? 1 : 0;
        }

        return count;
    }
}
