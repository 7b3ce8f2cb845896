using CipherWatch.Core.Correlation.Facts;
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
}
