using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Identity;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Correlation.Facts;

public class SightingsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    public void Few_are_counted_exactly_however_often_they_come(int count) =>
        Assert.Equal(count, Fold(Enumerable.Range(0, count).Concat(Enumerable.Range(0, count))).Count);

    [Theory]
    [InlineData(9)]
    [InlineData(20)]
    [InlineData(46)]
    [InlineData(100)]
    [InlineData(300)]
    [InlineData(600)]
    public void Many_are_estimated_within_a_sixth(int count)
    {
        // Twenty different sets: no more than one in twenty may stray beyond three standard errors.
        double[] errors = [.. Enumerable.Range(1, 20).Select(set => Math.Abs((Fold(Enumerable.Range(set * 10_000, count)).Count / (double)count) - 1)).Order()];

        Assert.InRange(errors[18], 0, 0.25);
        Assert.InRange(errors.Average(), 0, 1.0 / 6);
    }

    [Fact]
    public void Beyond_what_bits_hold_the_order_of_magnitude_is_known() =>
        Assert.InRange(Fold(Enumerable.Range(0, 20_000)).Count, 5_000, 80_000);

    [Property]
    public void Order_grouping_and_repetition_do_not_matter(byte[] seen, int cut)
    {
        int[] indexes = [.. seen.Select(value => (int)value)];
        int at = indexes.Length == 0 ? 0 : (int)((uint)cut % indexes.Length);
        Sightings forth = Fold(indexes);

        Assert.Equal(forth, Fold(indexes.Reverse().Concat(indexes)));
        Assert.Equal(forth, Fold(indexes[at..]).Merge(Fold(indexes[..at])));
        Assert.Equal(forth, forth.Merge(forth));
    }

    [Fact]
    public void The_earliest_and_the_latest_are_kept_and_of_one_moment_the_smaller_and_the_larger_id()
    {
        Sightings seen = Fold([5, 3, 9, 7]);
        Assert.Equal((3, 9), (seen.First!.Value.Time.Ms, seen.Last!.Value.Time.Ms));
        FactTime moment = new(FactClock.Record, 1);
        ObservationId[] ids = [.. Enumerable.Range(0, 4).Select(Id).Order()];
        Sightings same = ids.Reverse().Select(id => Sightings.Of(id, moment)).Aggregate((left, right) => left.MergeFew(right));
        Assert.Equal((ids[0], ids[^1]), (same.First!.Value.Id, same.Last!.Value.Id));
    }

    [Fact]
    public void Those_with_the_smallest_ids_are_the_sample()
    {
        ObservationId[] ids = [.. Enumerable.Range(0, 20).Select(Id).Order()];
        Assert.Equal(ids[..Sightings.Capacity], Fold(Enumerable.Range(0, 20)).Sample.Select(seen => seen.Id));
        Assert.Equal(ids[..1], Enumerable.Range(0, 20).Select(index => Fold([index])).Aggregate((left, right) => left.MergeFew(right)).Sample
            .Select(seen => seen.Id));
        Assert.Equal(default, Fold(Enumerable.Range(0, Sightings.Capacity - 1)).Counted);
        Assert.NotEqual(default, Fold(Enumerable.Range(0, Sightings.Capacity)).Counted);
    }

    [Fact]
    public void Sightings_are_equal_where_all_that_they_hold_is()
    {
        Sightings seen = Fold(Enumerable.Range(0, 12));
        Assert.True(seen.Equals(seen with { Sample = [.. seen.Sample] }));
        Assert.False(seen.Equals(null));
        Assert.All(
            [
                seen with { First = seen.Last }, seen with { Last = seen.First }, seen with { Counted = default }, seen with { Sample = [] },
                seen with { First = null }, seen with { Last = null },
            ],
            other => Assert.False(seen.Equals(other)));
    }

    [Fact]
    public void What_bits_hold_is_estimated_by_those_left_unset()
    {
        // 192 · ln(192 / unset), rounded: none set, one, half of them, all but two, all but one.
        Assert.Equal(0, default(CountBits).Estimate);
        Assert.Equal(1, new CountBits(1, 0, 0).Estimate);
        Assert.Equal(133, new CountBits(ulong.MaxValue, uint.MaxValue, 0).Estimate);
        Assert.Equal(876, new CountBits(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue << 2).Estimate);
        Assert.Null(new CountBits(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue << 1).Estimate);
        Assert.Equal(new(3, 5, 9), new CountBits(1, 4, 8) | new CountBits(2, 1, 1));
        Assert.Equal(new(3, 5, 9), CountBits.BitwiseOr(new(1, 4, 8), new(2, 1, 1)));
    }

    private static Sightings Fold(IEnumerable<int> indexes) => indexes
        .Select(index => Sightings.Of(Id(index), new(FactClock.Record, index)))
        .Aggregate(Sightings.None, (left, right) => left.Merge(right));

    private static ObservationId Id(int index)
    {
        ContentHash hash = new(stackalloc byte[16]);
        hash.Add(index);
        return new(hash.Finish());
    }

    [Fact]
    public void Beyond_what_the_bits_hold_the_sample_says_how_many_there_were()
    {
        // The largest hash of the sample is half of all: it holds half of what there was, but for the one that is the bound.
        Sightings many = new()
        {
            Sample = [.. Enumerable.Range(1, Sightings.Capacity).Select(number => new Sighting(
                new((UInt128)(number == Sightings.Capacity ? 1UL << 63 : (ulong)number) << 64), Example.Time(number)))],
            Counted = new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue),
        };
        Assert.Equal((2 * (Sightings.Capacity - 1), false), (many.Count, many.IsExact));
    }

    [Fact]
    public void A_span_counts_no_fewer_than_are_known_of_it()
    {
        Sightings few = new()
        {
            Sample = [new(Example.Id(5), Example.Time(5))],
            First = new Sighting(Example.Id(1), Example.Time(1)),
            Last = new Sighting(Example.Id(9), Example.Time(9)),
        };
        Assert.Equal(2, few.Within(time => time <= Example.Time(5)).Count);
        Assert.Equal(1, few.Within(time => time <= Example.Time(1)).Count);
        Assert.Same(few, few.Within(_ => true));
        Assert.Equal(Sightings.None, few.Within(_ => false));
    }
}
