using CipherWatch.Core.Detections.Evidence;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Detections.Evidence;

public class RegularityTests
{
    private const long Minute = 60_000;

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(40)]
    public void A_timer_is_told_with_its_jitter(int jitterPercent)
    {
        int told = Enumerable.Range(0, 200).Count(seed =>
            Regularity.Of(Times(seed, 24, random => 5 * Minute * (100 + random.Next(-jitterPercent, jitterPercent + 1)) / 100), []) is not null);

        Assert.InRange(told, 180, 200);
    }

    [Fact]
    public void Calls_by_chance_are_not()
    {
        int told = Enumerable.Range(0, 1000).Count(seed =>
            Regularity.Of(Times(seed, 24, random => (long)(-Math.Log(1 - random.NextDouble()) * 5 * Minute)), []) is not null);

        Assert.InRange(told, 0, 20);
    }

    [Fact]
    public void Calls_at_lengths_of_very_different_kind_are_not()
    {
        // What a person does: bursts, and pauses.
        int told = Enumerable.Range(0, 200).Count(seed =>
            Regularity.Of(Times(seed, 24, random => random.Next(4) == 0 ? 20 * Minute : random.Next(6_000, 40_000)), []) is not null);

        Assert.InRange(told, 0, 30);
        Assert.Null(Regularity.Of(Times(1, 24, _ => 1_000), []));
        Assert.Null(Regularity.Of(Times(1, Regularity.MinCalls - 1, _ => Minute), []));
        Assert.NotNull(Regularity.Of(Times(1, Regularity.MinCalls, _ => Minute), []));
    }

    [Fact]
    public void Sizes_are_said_where_all_are_known_and_nearly_the_same()
    {
        long[] times = [.. Times(3, 18, _ => Minute)];

        Assert.True(Regularity.Of(times, [.. Enumerable.Range(0, 18).Select(at => 300L + (at % 3))])!.Value.SameSize);
        Assert.False(Regularity.Of(times, [.. Enumerable.Range(0, 17).Select(_ => 300L)])!.Value.SameSize);
        Assert.False(Regularity.Of(times, [.. Enumerable.Range(0, 18).Select(at => 300L * (1 + at))])!.Value.SameSize);
    }

    [Property(MaxTest = 200)]
    public bool No_times_throw(long[] gaps)
    {
        long at = 0;
        long[] times = [.. gaps.Select(gap => at += Math.Abs(gap % 1_000_000_000))];
        Regularity? regularity = Regularity.Of(times, times);
        return regularity is null || regularity.Value.Says().Length > 0;
    }

    private static IReadOnlyList<long> Times(int seed, int calls, Func<Random, long> gap)
    {
        Random random = new(seed);
        long at = 1_772_000_000_000;
        return [.. Enumerable.Range(0, calls).Select(_ => at += gap(random))];
    }

    /// <summary>Gaps whose deviation, or whose long ones, are just inside the bounds and just outside.</summary>
    [Theory]
    [InlineData(4, 7_000, 4, 13_000, true)]
    [InlineData(4, 6_930, 4, 13_070, true)]
    [InlineData(4, 6_900, 4, 13_100, false)]
    [InlineData(0, 0, 4, 22_000, true)]
    [InlineData(0, 0, 4, 22_100, false)]
    [InlineData(0, 0, 3, 90_000, true)]
    public void The_bounds_are_thirty_percent_around_and_a_few_long_gaps(int shorter, long shortMs, int longer, long longMs, bool told)
    {
        long[] gaps = [.. Enumerable.Repeat(shortMs, shorter), .. Enumerable.Repeat(10_000L, 15 - shorter - longer), .. Enumerable.Repeat(longMs, longer)];
        Assert.Equal(told, Regularity.Of(Of(gaps), []) is not null);
    }

    [Fact]
    public void Half_of_the_gaps_may_be_off_where_the_other_half_is_even()
    {
        Regularity even = Regularity.Of(Of([.. Enumerable.Repeat(10_000L, 50), .. Enumerable.Repeat(14_000L, 50)]), [])!.Value;
        Assert.Equal((101, 10_000L, 0, false), (even.Calls, even.MedianMs, even.SpreadPercent, even.SameSize));
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(1000, 100, true)]
    [InlineData(1000, 110, false)]
    public void Sizes_are_the_same_within_a_tenth_and_none_is_no_size(long size, long apart, bool same) => Assert.Equal(
        same,
        Regularity.Of(
            Of([.. Enumerable.Repeat(10_000L, 15)]),
            [.. Enumerable.Repeat(size - apart, 5), .. Enumerable.Repeat(size, 6), .. Enumerable.Repeat(size + apart, 5)])!.Value.SameSize);

    private static long[] Of(long[] gaps)
    {
        long at = 0;
        return [0, .. gaps.Select(gap => at += gap)];
    }
}
