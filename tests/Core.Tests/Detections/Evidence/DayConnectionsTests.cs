using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Detections.Evidence;

public class DayConnectionsTests
{
    private static readonly ProcessFacts Process = new() { Key = ProcessKey.FromGuid("ws1", "a") };

    [Fact]
    public void The_observations_named_are_those_of_the_first_connections_whatever_their_ids()
    {
        // Later connections have smaller ids, and so come first among the facts.
        Sightings connections = Enumerable.Range(1, 6)
            .Select(number => Sightings.Of(Example.Id(100 - number), Example.Time(number))).Aggregate((left, right) => left.Merge(right));
        DestinationDay day = Assert.Single(Assert.Single(DayConnections.Of(
            Process with { Destinations = [Example.Destination with { Connections = connections }] })).Destinations);

        Assert.Equal([Example.Id(99), Example.Id(98), Example.Id(97)], day.Observations);
        Assert.Equal((6L, true), (day.Count, day.IsExact));
        Assert.Equal(Enumerable.Range(1, 6).Select(second => DateTimeOffset.FromUnixTimeMilliseconds(Example.Time(second).Ms)), day.Times);
        Assert.Equal(day.Times, day.Believed);
    }

    [Fact]
    public void Destinations_are_in_order_of_address_and_port_and_days_in_theirs()
    {
        DestinationFacts Of(string ip, ushort port, int second) => new()
        {
            Key = new(Example.Day, IpAddress.Parse(ip), port, 6),
            Connections = Example.Seen(second),
        };
        IReadOnlyList<DayConnections> days = DayConnections.Of(Process with
        {
            Destinations = [Of("203.0.113.9", 2, 86_500), Of("203.0.113.9", 1, 1), Of("203.0.113.8", 3, 2), Of("203.0.113.9", 4, 3)],
        });

        Assert.Equal([new DateOnly(2024, 10, 4), new DateOnly(2024, 10, 5)], days.Select(day => day.Day));
        Assert.Equal(["203.0.113.8:3", "203.0.113.9:1", "203.0.113.9:4"], days[0].Destinations.Select(destination => destination.Where));
        Assert.Equal(["203.0.113.9:2"], days[1].Destinations.Select(destination => destination.Where));
    }

    [Fact]
    public void What_two_days_of_the_hosts_clock_say_of_one_day_is_put_together()
    {
        // The recorder's clock is half a day ahead.
        const int Hour = 3600;
        ProcessFacts facts = Process with
        {
            Clock = new() { Samples = [new(FactClock.Record, 1, Example.Id(10), 12 * Hour * 1000L)] },
            Destinations =
            [
                Example.Destination with { Key = Example.Destination.Key with { Day = Example.Day + 1 }, Name = null, Handshake = Handshake.Unknown, Connections = Example.Seen(30 * Hour) },
                Example.Destination with { Connections = Example.Seen(18 * Hour) },
            ],
        };
        DestinationDay day = Assert.Single(Assert.Single(DayConnections.Of(facts)).Destinations);
        Assert.Equal(("c2.example", Handshake.Hello, 2L), (day.Name, day.Handshake, day.Count));
        DayConnections turned = Assert.Single(DayConnections.Of(facts with { Destinations = [.. facts.Destinations.Reverse()] }));
        Assert.Equal(("c2.example", Handshake.Hello, 2L), (turned.Destinations[0].Name, turned.Destinations[0].Handshake, turned.Destinations[0].Count));
    }

    /// <summary>A sensor's time may lie a minute from the host's; of more connections than times are kept of, any flow may be one.</summary>
    [Theory]
    [InlineData("203.0.113.9", 8444, 60, true)]
    [InlineData("203.0.113.9", 8444, 61, false)]
    [InlineData("203.0.113.9", 8444, -60, true)]
    [InlineData("203.0.113.8", 8444, 0, false)]
    [InlineData("203.0.113.9", 8445, 0, false)]
    public void A_flow_may_be_the_processs_where_it_connected_there_at_the_time(string ip, int port, int seconds, bool may)
    {
        DestinationDay Of(string address, long count) => new(
            IpAddress.Parse(address), 8444, 6, null, Handshake.Unknown, count, [Scenario.Noon], [Scenario.Noon], [])
        { IsExact = true };
        FlowSummary flow = new()
        {
            Key = FlowKey.Create(Example.ChannelKey.SourceIp, 50_100, IpAddress.Parse(ip), (ushort)port, 6),
            Day = Example.Day,
            FirstInitiates = true,
            Seen = Sightings.Of(Example.Id(1), new(FactClock.Event, Scenario.Noon.AddSeconds(seconds).ToUnixTimeMilliseconds())),
        };
        DestinationDay[] all = [Of("203.0.113.9", 1), Of("203.0.113.77", 1)];
        Assert.Equal(may, new DayConnections(new(2026, 3, 2), all).MayHave(flow));
        Assert.Equal(ip == "203.0.113.9" && port == 8444, new DayConnections(new(2026, 3, 2), [Of("203.0.113.9", 2), all[1]]).MayHave(flow));
        Assert.False(new DayConnections(new(2026, 3, 2), all).MayHave(flow with { Seen = Sightings.None }));
    }

    /// <summary>Behind a proxy: all of the connections where it is known of four in five whom they call.</summary>
    [Theory]
    [InlineData(80, 100)]
    [InlineData(79, 79)]
    [InlineData(0, 0)]
    public void Of_a_proxy_as_many_connections_count_as_it_is_known_of_whom_they_call(long named, long known)
    {
        DestinationDay proxy = new(Example.ChannelKey.DestinationIp, 3128, 6, null, Handshake.Unknown, 100, [Scenario.Noon], [Scenario.Noon], [])
        {
            IsExact = true,
            Reached = [new("a.example", 443, named, false, Handshake.Unknown)],
        };
        Assert.Equal((known, 100L), ((proxy with { IsProxy = true }).KnownCount, proxy.KnownCount));
    }
}
