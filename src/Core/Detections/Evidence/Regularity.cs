using System.Globalization;

namespace CipherWatch.Core.Detections.Evidence;

/// <summary>
/// Whether calls come by a timer, jitter allowed: by the spread of their gaps about the median (median absolute deviation, as RITA
/// measures it), and by how few gaps are far longer. Calls by chance have gaps whose deviation is 0.69 of the median.
/// </summary>
/// <remarks>
/// RITA also asks how the gaps lean (Bowley's skewness). Over two dozen gaps that is noise: a quarter of timers with even jitter lean by
/// more than gaps by chance do. Long gaps tell bursts and pauses instead, and one night's pause or a missed call is no objection.
/// </remarks>
/// <param name="Calls">Calls that were looked at.</param>
/// <param name="MedianMs">Median gap, milliseconds.</param>
/// <param name="SpreadPercent">Median absolute deviation of the gaps, percent of the median.</param>
/// <param name="SameSize">Whether what the calls send is of nearly the same size too.</param>
internal readonly record struct Regularity(int Calls, long MedianMs, int SpreadPercent, bool SameSize)
{
    /// <summary>Calls from which a timer is told: with so many, chance gives gaps this even in one channel of fifty.</summary>
    public const int MinCalls = 16;

    /// <summary>Widest spread, percent: a timer that varies each gap by up to half, either way, is told in nine of ten.</summary>
    private const int MaxSpreadPercent = 30;

    /// <summary>Where long gaps are looked for, percent of all, and the longest there, percent of the median: 273 by chance.</summary>
    private const int LongQuantile = 85, MaxLongPercent = 220;

    /// <summary>Shortest median gap: what comes faster is one transfer in pieces.</summary>
    private const long MinGapMs = 5_000;

    /// <summary>Widest spread of sizes, percent of their median.</summary>
    private const int MaxSizeSpreadPercent = 10;

    /// <summary>The regularity of calls; null where they are too few, too fast or by no timer.</summary>
    /// <param name="times">When they came, Unix milliseconds, ascending.</param>
    /// <param name="sizes">Bytes that they sent, as far as known, in any order.</param>
    public static Regularity? Of(IReadOnlyList<long> times, IReadOnlyList<long> sizes)
    {
        if (times.Count < MinCalls)
        {
            return null;
        }

        long[] gaps = [.. Enumerable.Range(1, times.Count - 1).Select(at => times[at] - times[at - 1]).Order()];
        long median = Quantile(gaps, 50);
        if (median < MinGapMs)
        {
            return null;
        }

        long spread = 100 * Deviation(gaps, median) / median;
        return spread > MaxSpreadPercent || 100 * Quantile(gaps, LongQuantile) / median > MaxLongPercent
            ? null
            : new(times.Count, median, (int)spread, IsSameSize(sizes, times.Count));
    }

    /// <summary>For a person.</summary>
    public string Says() => string.Create(
        CultureInfo.InvariantCulture,
        $"The last {Calls} calls came every {TimeSpan.FromMilliseconds(MedianMs):hh\\:mm\\:ss}, give or take {SpreadPercent} %"
        + $"{(SameSize ? ", and sent about as much each time" : string.Empty)}: a timer's");

    private static bool IsSameSize(IReadOnlyList<long> sizes, int calls)
    {
        if (sizes.Count < calls)
        {
            return false;
        }

        long[] ordered = [.. sizes.Order()];
        long median = Quantile(ordered, 50);
        return median > 0 && 100 * Deviation(ordered, median) / median <= MaxSizeSpreadPercent;
    }

    private static long Deviation(long[] values, long median) =>
        Quantile([.. values.Select(value => Math.Abs(value - median)).Order()], 50);

    private static long Quantile(long[] ordered, int percent) => ordered[(ordered.Length - 1) * percent / 100];
}
