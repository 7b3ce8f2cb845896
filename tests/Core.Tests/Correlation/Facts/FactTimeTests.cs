using CipherWatch.Core.Correlation.Facts;

namespace CipherWatch.Core.Tests.Correlation.Facts;

public class FactTimeTests
{
    [Theory]
    [InlineData(FactClock.Event, 1, FactClock.Event, 2, -1)]
    [InlineData(FactClock.Event, 2, FactClock.Event, 2, 0)]
    [InlineData(FactClock.Event, 3, FactClock.Event, 2, 1)]
    [InlineData(FactClock.Record, 1, FactClock.Event, 2, 1)]
    [InlineData(FactClock.Event, 2, FactClock.Record, 1, -1)]
    public void Times_are_in_order_of_their_clock_and_then_of_their_milliseconds(FactClock clock, long ms, FactClock otherClock, long otherMs, int order)
    {
        FactTime left = new(clock, ms), right = new(otherClock, otherMs);
        Assert.Equal(order, Math.Sign(left.CompareTo(right)));
        Assert.Equal(((order < 0), (order > 0), (order <= 0), (order >= 0)), ((left < right), (left > right), (left <= right), (left >= right)));
        Assert.Equal((order <= 0 ? left : right, order >= 0 ? left : right), (FactTime.Min(left, right), FactTime.Max(left, right)));
    }
}
