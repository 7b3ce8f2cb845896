namespace CipherWatch.Core.Randomness.Statistics;

/// <summary>
/// Pearson's chi-square of a byte histogram against uniform, as a count of equal byte pairs:
/// X = 512·C₂/n + 256 − n, with mean 255 and variance 510·(1 − 1/n), both exact at every n.
/// </summary>
public static class ChiSquare
{
    private const double Mean = ByteHistogram.Cells - 1;

    /// <summary>Deviations above the mean; positive means less uniform than random bytes. 0 under 2 bytes.</summary>
    /// <param name="counts">256 counts.</param>
    /// <param name="total">Their sum.</param>
    public static double Z(ReadOnlySpan<uint> counts, long total)
    {
        if (total < 2)
        {
            return 0;
        }

        ulong squares = 0;
        foreach (uint count in counts)
        {
            squares += (ulong)count * count;
        }

        double statistic = ((double)ByteHistogram.Cells / total * squares) - total;
        return (statistic - Mean) / Math.Sqrt(2 * Mean * (1 - (1.0 / total)));
    }
}
