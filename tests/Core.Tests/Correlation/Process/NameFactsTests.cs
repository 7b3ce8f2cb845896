using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Tests.Correlation.Process;

public class NameFactsTests
{
    private static readonly IpAddress Ip = Example.ChannelKey.DestinationIp;

    [Fact]
    public void Names_are_in_order_of_the_latest_day_address_port_and_name()
    {
        NameKey[] rising =
        [
            new(Example.Day, IpAddress.Parse("203.0.113.8"), 9, "b"), new(Example.Day, Ip, 1, "b"), new(Example.Day, Ip, 2, "a"), new(Example.Day, Ip, 2, "b"),
            new(Example.Day - 1, Ip, 1, "a"),
        ];
        foreach ((NameKey less, NameKey more) in rising.Zip(rising.Skip(1)))
        {
            Assert.True(less < more && less <= more && more > less && more >= less);
            Assert.False(more < less || more <= less || less > more || less >= more);
        }

        NameKey same = rising[0] with { };
        Assert.True(same <= rising[0] && same >= rising[0]);
        Assert.False(same < rising[0] || same > rising[0]);
    }

    /// <summary>Linear counting over 64 bits: 64 · ln(64 / unset).</summary>
    [Theory]
    [InlineData(0, 0L)]
    [InlineData(1, 1L)]
    [InlineData(32, 44L)]
    [InlineData(60, 177L)]
    [InlineData(61, null)]
    public void Connections_are_counted_by_their_bits_until_too_many_are_set(int bits, long? count) =>
        Assert.Equal(count, Of() with { Connections = (1UL << bits) - 1 } is var name ? name.Count : null);

    [Fact]
    public void The_first_and_the_last_time_are_kept()
    {
        NameFacts one = Of() with { First = Example.Time(2), Last = Example.Time(3) }, other = Of() with { First = Example.Time(1), Last = Example.Time(4) };
        Assert.All([one.Merge(other), other.Merge(one)], both => Assert.Equal((Example.Time(1), Example.Time(4)), (both.First!.Value, both.Last!.Value)));
    }

    private static NameFacts Of() => new() { Key = new(Example.Day, Ip, 443, "a") };
}
