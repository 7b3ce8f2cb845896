using CipherWatch.Core.Correlation.Attempts;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Tests.Correlation;

/// <summary>The ranks by which facts are kept where there is no room for all: every part of a key counts, in its turn.</summary>
public class OrderTests
{
    private static readonly IpAddress One = IpAddress.Parse("10.0.0.1");
    private static readonly IpAddress Two = IpAddress.Parse("10.0.0.2");

    [Fact]
    public void Destinations_by_day_backwards_then_address_port_and_protocol() => AssertRising(
        static (left, right) => left.CompareTo(right),
        new DestinationKey(9, One, 1, 6), new(8, One, 1, 6), new(8, One, 1, 17), new(8, One, 2, 6), new(8, Two, 1, 6),
        new(8, Two, 1, 6, IsOfKernel: true));

    [Fact]
    public void Channels_by_source_destination_port_and_protocol() => AssertRising(
        static (left, right) => left.CompareTo(right),
        new ChannelKey(One, One, 1, 6), new(One, One, 1, 17), new(One, One, 2, 6), new(One, Two, 1, 6), new(Two, One, 1, 6));

    [Fact]
    public void Transfers_by_size_then_every_other_part() => AssertRising(
        TransferFact.Order,
        new TransferFact(One, 1, 6, 9, Example.Time(1), 10, 1), new(One, 1, 6, 1, Example.Time(1), 9, 5), new(One, 1, 6, 1, Example.Time(1), 9, 1),
        new(One, 1, 17, 1, Example.Time(1), 9, 1), new(One, 2, 6, 1, Example.Time(1), 9, 1), new(Two, 1, 6, 1, Example.Time(1), 9, 1),
        new(One, 1, 6, 1, Example.Time(2), 9, 1), new(One, 1, 6, 2, Example.Time(1), 9, 1));

    [Fact]
    public void Attempts_by_day_backwards_then_hash() => AssertRising(
        static (left, right) => left.CompareRank(right),
        new Attempt(9, 7, One, 1, 6, 0), new(8, 6, One, 1, 6, 0), new(8, 7, One, 1, 6, 0));

    [Fact]
    public void Flows_of_a_channel_by_day_backwards_then_a_hash_that_no_address_moves()
    {
        FlowKey key = Key(One, 1000), other = Key(One, 1001), elsewhere = Key(Two, 1000);
        Assert.True(FlowRank.Compare(9, key, 8, key) < 0);
        Assert.True(FlowRank.Compare(8, key, 9, key) > 0);
        Assert.Equal(0, FlowRank.Compare(8, key, 8, key));
        Assert.Equal(FlowRank.Compare(8, key, 8, other), -FlowRank.Compare(8, other, 8, key));

        // The same ports and protocol hash alike, and then the key itself decides.
        Assert.Equal(key.CompareTo(elsewhere) < 0, FlowRank.Compare(8, key, 8, elsewhere) < 0);

        // The rank is stored with what it kept: it must not change. The values are splitmix64's of these ports.
        int[] ports = [.. Enumerable.Range(1000, 12).Order(Comparer<int>.Create((left, right) => FlowRank.Compare(8, Key(One, (ushort)left), 8, Key(One, (ushort)right))))];
        Assert.Equal(ports, Enumerable.Range(1000, 12).OrderBy(port => SplitMix(Key(One, (ushort)port))));
    }

    [Fact]
    public void Claims_by_rank_then_owner()
    {
        FlowClaim claim = new(8, Key(One, 1000), ProcessKey.FromGuid("ws1", "a")), other = claim with { Owner = ProcessKey.FromGuid("ws1", "b") };
        Assert.True(claim.CompareRank(other) < 0);
        Assert.True(other.CompareRank(claim) > 0);
        Assert.Equal(0, claim.CompareRank(claim with { }));
        Assert.True((claim with { Day = 9 }).CompareRank(claim) < 0);
    }

    [Fact]
    public void Of_two_marks_the_later_revision_holds_and_of_one_revision_the_word_that_it_stands()
    {
        SupersessionMark mark = Example.Channel.Marks[0];
        SupersessionMark fallen = mark with { Revision = 4, Stands = false };
        Assert.Equal([fallen, fallen], [mark.Merge(fallen), fallen.Merge(mark)]);
        Assert.Equal([mark, mark], [mark.Merge(mark with { Stands = false }), (mark with { Stands = false }).Merge(mark)]);
        Assert.Equal(mark with { Stands = false }, (mark with { Stands = false }).Merge(mark with { Stands = false }));
        Assert.NotEqual(0, SupersessionMark.CompareKeys(mark, mark with { By = Example.Detection("AN0401") }));
        Assert.NotEqual(0, SupersessionMark.CompareKeys(mark, mark with { Network = Example.Detection("AN0403") }));
        Assert.Equal(0, SupersessionMark.CompareKeys(mark, fallen));
    }

    [Fact]
    public void Times_by_clock_then_milliseconds()
    {
        FactTime early = new(FactClock.Record, 1), late = new(FactClock.Record, 2), own = new(FactClock.Event, 9);
        AssertRising(static (left, right) => left.CompareTo(right), own, early, late);
        Assert.Equal((early, late), (FactTime.Min(early, late), FactTime.Max(early, late)));
        Assert.Equal((early, late), (FactTime.Min(late, early), FactTime.Max(late, early)));
        Assert.Equal((early, early), (FactTime.Min(early, null), FactTime.Max(null, early)));
        Assert.Equal([true, false, true, false], [early < late, early > late, early <= late, early >= late]);
        Assert.Equal([false, false, true, true], [late < late with { }, late > late with { }, late <= late with { }, late >= late with { }]);
        Assert.Equal([-1, 0, 0, 1], [Day(-1), Day(0), Day(86_399_999), Day(86_400_000)]);
        static int Day(long ms) => new FactTime(FactClock.Event, ms).Day;
    }

    [Fact]
    public void Of_one_observation_at_two_times_the_earlier_is_kept()
    {
        Sighting early = new(Example.Id(1), Example.Time(1)), late = new(Example.Id(1), Example.Time(2));
        Assert.Equal([early, early], [early.Merge(late), late.Merge(early)]);
        ClockSample small = new(FactClock.Record, 1, Example.Id(1), 5), large = small with { DeltaMs = 6 };
        Assert.Equal([small, small], [small.Merge(large), large.Merge(small)]);
        Attempt first = new(9, 7, One, 1, 6, 5), again = first with { Ms = 6 };
        Assert.Equal([first, first], [first.Merge(again), again.Merge(first)]);
        PayloadFact report = Example.Payload, other = report with { Observation = Example.Id(99) };
        Assert.Equal([report, report], [report.Merge(other), other.Merge(report)]);
    }

    private static FlowKey Key(IpAddress ip, ushort port) => FlowKey.Create(ip, port, IpAddress.Parse("203.0.113.9"), 8444, 6);

    private static ulong SplitMix(FlowKey key)
    {
        ulong z = (((ulong)key.FirstPort << 24) | ((ulong)key.SecondPort << 8) | key.Protocol) + 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    private static void AssertRising<T>(Comparison<T> compare, params T[] values)
    {
        foreach ((int left, T a) in values.Index())
        {
            foreach ((int right, T b) in values.Index())
            {
                Assert.Equal(Math.Sign(left - right), Math.Sign(compare(a, b)));
            }
        }
    }
}
