using System.Numerics;
using CipherWatch.Core.Randomness.Statistics;

namespace CipherWatch.Calibration.Measures;

/// <summary>What others judge by, over the same bytes.</summary>
internal static class References
{
    /// <summary>The five numbers that <c>ent</c> prints: entropy, chi-square, mean, Monte Carlo π, serial correlation.</summary>
    public static double[] Ent(ReadOnlySpan<byte> sample)
    {
        uint[] counts = new uint[256];
        ByteHistogram.Count(sample, counts);
        double squares = 0, sum = 0;
        double expected = sample.Length / 256.0;
        for (int value = 0; value < 256; value++)
        {
            squares += (counts[value] - expected) * (counts[value] - expected) / expected;
            sum += (double)counts[value] * value;
        }

        return [PluginEntropy.Of(counts, sample.Length), squares, sum / sample.Length, MonteCarloPi(sample), Cyclic(sample)];
    }

    /// <summary>
    /// The rules of fully encrypted traffic detection (USENIX Security 2023): not exempt by bits set per byte (≤ 3.4 or
    /// ≥ 4.6), printable prefix of six, printable share over half, or a printable run over 20.
    /// </summary>
    public static bool FullyEncrypted(ReadOnlySpan<byte> sample)
    {
        int ones = 0;
        int printable = 0;
        bool prefix = true;
        for (int i = 0; i < sample.Length; i++)
        {
            ones += BitOperations.PopCount(sample[i]);
            bool text = sample[i] is >= 0x20 and <= 0x7E;
            printable += text ? 1 : 0;
            prefix &= i >= 6 || text;
        }

        double perByte = (double)ones / sample.Length;
        return perByte is > 3.4 and < 4.6 && !prefix && printable <= sample.Length / 2 && LongestRun(sample) <= 20;
    }

    private static int LongestRun(ReadOnlySpan<byte> sample)
    {
        int longest = 0, run = 0;
        foreach (byte value in sample)
        {
            run = value is >= 0x20 and <= 0x7E ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static double MonteCarloPi(ReadOnlySpan<byte> sample)
    {
        // Points of six bytes in a square; the share inside the quarter circle is π/4.
        const double Side = (1 << 24) - 1;
        int inside = 0, points = 0;
        for (int i = 0; i + 6 <= sample.Length; i += 6, points++)
        {
            double x = (sample[i] << 16) | (sample[i + 1] << 8) | sample[i + 2];
            double y = (sample[i + 3] << 16) | (sample[i + 4] << 8) | sample[i + 5];
            inside += (x * x) + (y * y) <= Side * Side ? 1 : 0;
        }

        return points == 0 ? 0 : 4.0 * inside / points;
    }

    private static double Cyclic(ReadOnlySpan<byte> sample)
    {
        double products = 0, sum = 0, squares = 0;
        for (int i = 0; i < sample.Length; i++)
        {
            products += sample[i] * sample[(i + 1) % sample.Length];
            sum += sample[i];
            squares += sample[i] * sample[i];
        }

        double spread = (sample.Length * squares) - (sum * sum);
        return spread == 0 ? 0 : ((sample.Length * products) - (sum * sum)) / spread;
    }
}
