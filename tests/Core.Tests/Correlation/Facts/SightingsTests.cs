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

    private static Sightings Fold(IEnumerable<int> indexes) => indexes
        .Select(index => Sightings.Of(Id(index), new(FactClock.Record, index)))
        .Aggregate(Sightings.None, (left, right) => left.Merge(right));

    private static ObservationId Id(int index)
    {
        ContentHash hash = new(stackalloc byte[16]);
        hash.Add(index);
        return new(hash.Finish());
    }
}
