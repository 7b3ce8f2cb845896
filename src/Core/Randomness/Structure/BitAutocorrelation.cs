using System.Buffers.Binary;
using System.Numerics;

namespace CipherWatch.Core.Randomness.Structure;

/// <summary>
/// Agreement of the bit stream with itself at lags of 1 to 64 bits: (Σ z² − 64)/√128, where z at a lag is the number of
/// agreeing bit pairs against one half, in standard deviations. Mean 0 and deviation 1 for uniform bits.
/// </summary>
public static class BitAutocorrelation
{
    /// <summary>Lags that are summed over.</summary>
    public const int Lags = 64;

    private const int WordBits = 64;

    /// <summary>Fewest bytes that are scored: two words.</summary>
    private const int MinLength = 16;

    /// <summary>The statistic over whole 8-byte words; 0 under 16 bytes.</summary>
    /// <param name="sample">Any bytes; up to seven at the end do not fill a word and are left out.</param>
    public static double Z(ReadOnlySpan<byte> sample)
    {
        if (sample.Length < MinLength)
        {
            return 0;
        }

        Span<long> differing = stackalloc long[Lags + 1];
        differing.Clear();
        int words = sample.Length / sizeof(ulong);
        ulong now = BinaryPrimitives.ReadUInt64LittleEndian(sample);
        for (int i = 1; i <= words; i++)
        {
            // The last word meets nothing after it: only its own inner pairs count, which a mask per lag picks.
            bool last = i == words;
            ulong next = last ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(sample[(i * sizeof(ulong))..]);
            for (int lag = 1; lag < WordBits; lag++)
            {
                ulong shifted = (now >> lag) | (next << (WordBits - lag));
                ulong pairs = last ? ulong.MaxValue >> lag : ulong.MaxValue;
                differing[lag] += BitOperations.PopCount((now ^ shifted) & pairs);
            }

            differing[Lags] += last ? 0 : BitOperations.PopCount(now ^ next);
            now = next;
        }

        double sum = 0;
        for (int lag = 1; lag <= Lags; lag++)
        {
            double pairs = (words * WordBits) - lag;
            double z = (pairs - (2 * differing[lag])) / Math.Sqrt(pairs);
            sum += z * z;
        }

        return (sum - Lags) / Math.Sqrt(2 * Lags);
    }
}
