using System.Numerics;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Journal;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Pipeline.Journal;

/// <summary>Which of a process's connections have which names.</summary>
public class NamedFlowsTests
{
    private const ulong Owner = 7;
    private static readonly IpAddress Host = IpAddress.Parse("10.0.0.5");
    private static readonly IpAddress Server = IpAddress.Parse("203.0.113.9");

    [Fact]
    public void Each_name_of_an_address_has_all_connections_to_it()
    {
        NamedFlows flows = new();
        for (int at = 0; at < 40; at++)
        {
            flows.Take(new(Owned(at, 0), Owner, null), Owner);
            flows.Take(new(Answer($"n{at % 3}.example"), Owner, null), Owner);
        }

        NameFacts[] names = [.. flows.Names()];
        ulong all = Enumerable.Range(0, 40).Aggregate(0UL, static (bits, at) => bits | NameFacts.BitOf(Example.Id(at)));
        Assert.Equal(["n0.example", "n1.example", "n2.example"], names.Select(name => name.Key.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.Equal(all, name.Connections));

        // One answer, one name, whatever the connections: they are not crossed with each other.
        Assert.Equal(40, names.Length);
    }

    [Theory]
    [InlineData(-5000, 9)]
    [InlineData(-5001, 0)]
    [InlineData(5000, 9)]
    [InlineData(5001, 0)]
    public void Requests_without_a_port_are_joined_with_all_connections_of_the_time(int apartMs, int joined)
    {
        NamedFlows flows = new();
        for (int at = 0; at < 9; at++)
        {
            flows.Take(new(Owned(at, apartMs), Owner, null), Owner);
        }

        FlowSummary request = Summary(default, Example.Id(99), 0) with { ServerName = "c2.example" };
        flows.Take(new(request with { Key = FlowKey.Create(Host, 0, Server, 3128, 6), FirstInitiates = true }, 0, 443), Owner);

        ulong bits = flows.Names().Aggregate(0UL, static (bits, name) => bits | name.Connections);
        Assert.Equal(joined, BitOperations.PopCount(bits));
    }

    private static FlowSummary Owned(int number, int ms) =>
        Summary(FlowKey.Create(Host, 0, Server, 3128, 6), Example.Id(number), ms) with { FirstInitiates = true };

    private static FlowSummary Answer(string name) =>
        Summary(FlowKey.Create(Host, 0, Server, 0, 0), Example.Id(1000), 0) with { FirstInitiates = true, ServerName = name };

    private static FlowSummary Summary(FlowKey key, ObservationId id, int ms) => new()
    {
        Key = key,
        Day = Example.Day,
        Seen = Sightings.Of(id, new FactTime(FactClock.Event, (Example.Day * 86_400_000L) + 43_200_000 + ms)),
    };
}
