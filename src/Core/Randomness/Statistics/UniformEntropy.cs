namespace CipherWatch.Core.Randomness.Statistics;

/// <summary>
/// Mean and standard deviation of the plug-in entropy of n uniform random bytes.
/// </summary>
/// <remarks>
/// With g(c) = c·log2 c and c the count of one byte value, H = log2 n − (1/n)·Σ g(c). A count is
/// Bin(n, 1/256), two counts are trinomial, so
/// E[H] = log2 n − (256/n)·E[g] and Var[H] = n⁻²·(256·Var g + 256·255·(E[g₁g₂] − E[g]²)), both exact.
/// Worked out on first use of a length and kept: some microseconds each.
/// </remarks>
public static class UniformEntropy
{
    /// <summary>
    /// Lengths up to this are exact. Beyond it the expansion is right to 10⁻⁶ bits in the mean and 0.1 % in the
    /// deviation; it is already usable from 1,460 B.
    /// </summary>
    public const int ExactUpTo = 4096;

    private const double Cells = 256;

    /// <summary>Counts of less probability than this, past the mode, change no digit that is kept.</summary>
    private const double NegligibleProbability = 1e-22;

    private static readonly double[] Means = new double[ExactUpTo + 1];
    private static readonly double[] Deviations = new double[ExactUpTo + 1];

    /// <summary>Mean and standard deviation, in bits per byte.</summary>
    /// <param name="length">Sample length in bytes, at least 1.</param>
    public static (double Mean, double Deviation) Moments(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        if (length > ExactUpTo)
        {
            return Expansion(length);
        }

        double deviation = Volatile.Read(ref Deviations[length]);
        if (deviation != 0)
        {
            return (Means[length], deviation);
        }

        (double mean, double exact) = Exact(length);
        // The mean first: a reader that sees the deviation must see the mean, and a race writes the same values.
        Means[length] = mean;
        Volatile.Write(ref Deviations[length], exact);
        return (mean, exact);
    }

    /// <summary>The closed form, without the cache.</summary>
    internal static (double Mean, double Deviation) Exact(int n)
    {
        double first = 0, second = 0, joint = 0;
        double probability = Math.Pow(1 - (1 / Cells), n);
        for (int count = 0; count <= n; count++)
        {
            double g = CountLog(count);
            first += probability * g;
            second += probability * g * g;
            if (g != 0)
            {
                joint += probability * g * MeanCountLog(n - count, Cells - 1);
            }

            if (probability < NegligibleProbability && count > n / Cells)
            {
                break;
            }

            probability *= (n - count) / ((count + 1) * (Cells - 1));
        }

        double variance = (Cells * (second - (first * first))) + (Cells * (Cells - 1) * (joint - (first * first)));
        return (Math.Log2(n) - (Cells / n * first), Math.Sqrt(Math.Max(variance, 0)) / n);
    }

    /// <summary>E[c·log2 c] for c ~ Bin(n, 1/cells).</summary>
    private static double MeanCountLog(int n, double cells)
    {
        double sum = 0;
        double probability = Math.Pow(1 - (1 / cells), n);
        for (int count = 0; count <= n; count++)
        {
            sum += probability * CountLog(count);
            if (probability < NegligibleProbability && count > n / cells)
            {
                break;
            }

            probability *= (n - count) / ((count + 1) * (cells - 1));
        }

        return sum;
    }

    private static double CountLog(int count) => count < 2 ? 0 : count * Math.Log2(count);

    /// <summary>
    /// Large n, with λ = n/256 counts a cell. Mean: the moments of a Poisson count about λ, the first two terms with
    /// the multinomial's own factors (255 and 65,535). Deviation: 2n·ln 2·(8 − H) is a likelihood ratio of 255
    /// degrees of freedom, stretched by Bartlett's 1 + 257/(6n).
    /// </summary>
    private static (double Mean, double Deviation) Expansion(int n)
    {
        double rate = n / Cells;
        double cube = rate * rate * rate;
        double lost = (255.0 / (2.0 * n)) + (65535.0 / (12.0 * n * n)) + (1 / (12 * cube)) + (19 / (120 * cube * rate));
        double deviation = Math.Sqrt(2 * 255) * (1 + (257.0 / (6.0 * n))) / (2.0 * n);
        return (8 - (lost / Math.Log(2)), deviation / Math.Log(2));
    }
}
