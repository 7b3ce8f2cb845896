namespace CipherWatch.Core.Randomness.Statistics;

/// <summary>
/// How often each of the eight bits of a byte is set, from the histogram alone. Text and base64, whose top bit is
/// never set, fail this at 16 bytes already.
/// </summary>
/// <param name="Positions">Σ (onesₖ − n/2)²/(n/4) over the bit positions: chi-square of 8 degrees of freedom.</param>
/// <param name="Worst">Largest deviation from one half among the positions, in standard deviations.</param>
/// <param name="BalanceZ">Ones among all 8n bits against one half, in standard deviations.</param>
public readonly record struct BitStatistics(double Positions, double Worst, double BalanceZ)
{
    private const int Bits = 8;

    /// <summary>Computes the statistics; all 0 for no bytes.</summary>
    /// <param name="counts">256 counts.</param>
    /// <param name="total">Their sum.</param>
    public static BitStatistics Of(ReadOnlySpan<uint> counts, long total)
    {
        if (total <= 0)
        {
            return default;
        }

        Span<long> ones = stackalloc long[Bits];
        ones.Clear();
        for (int value = 0; value < counts.Length; value++)
        {
            for (int bit = 0; bit < Bits; bit++)
            {
                ones[bit] += counts[value] & -(value >> bit & 1);
            }
        }

        double sum = 0, worst = 0;
        long all = 0;
        foreach (long set in ones)
        {
            double z = (set - (total / 2.0)) / Math.Sqrt(total / 4.0);
            sum += z * z;
            worst = Math.Max(worst, Math.Abs(z));
            all += set;
        }

        return new BitStatistics(sum, worst, (all - (Bits / 2.0 * total)) / Math.Sqrt(Bits / 4.0 * total));
    }
}
