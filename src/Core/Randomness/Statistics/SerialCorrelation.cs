using System.Runtime.CompilerServices;

namespace CipherWatch.Core.Randomness.Statistics;

/// <summary>Correlation of each byte with the next.</summary>
public static class SerialCorrelation
{
    /// <summary>Pearson's coefficient at lag one, −1 to 1; 0 when the sample is constant or under 3 bytes.</summary>
    /// <param name="sample">Any bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Of(ReadOnlySpan<byte> sample)
    {
        if (sample.Length < 3)
        {
            return 0;
        }

        long products = 0, sum = 0, squares = 0;
        for (int i = 0; i < sample.Length - 1; i++)
        {
            products += sample[i] * sample[i + 1];
            sum += sample[i];
            squares += sample[i] * sample[i];
        }

        // The first and the last byte are the only ones in one of the two series alone.
        double pairs = (double)(sample.Length - 1);
        byte last = sample[^1];
        byte first = sample[0];
        long nextSum = sum - first + last;
        long nextSquares = squares - (first * first) + (last * last);
        double spread = ((squares * pairs) - ((double)sum * sum)) * ((nextSquares * pairs) - ((double)nextSum * nextSum));
        return spread <= 0 ? 0 : ((products * pairs) - ((double)sum * nextSum)) / Math.Sqrt(spread);
    }
}
