using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Tests.Detections.Analytics;

/// <summary>A name is one destination, at however many addresses it is; many names at many addresses are many.</summary>
public class NamedDestinationsTests
{
    private static readonly string[] Rotating = [.. Enumerable.Range(1, 8).Select(number => $"203.0.113.{number}")];

    [Fact]
    public void Rotating_addresses_of_one_name_are_one_destination_by_the_processs_own_query()
    {
        Detection found = Explained(Calls(Rotating).Resolves("c2.example", Rotating));

        Assert.Equal(30, WeightOf(found, "fewDestinations"));
        Assert.Contains("by name: c2.example, at 8 addresses", DetailOf(found), StringComparison.Ordinal);
        Assert.Equal("c2.example", found.Destination?.Name);
    }

    [Fact]
    public void A_query_of_the_host_that_a_sensor_saw_weighs_less() =>
        Assert.Equal(18, WeightOf(Explained(Calls(Rotating).Resolves("c2.example", Rotating, own: false)), "fewDestinations"));

    [Fact]
    public void The_name_in_the_key_exchange_does_as_well()
    {
        Scenario story = Calls(Rotating);
        for (int index = 0; index < 2 * Rotating.Length; index++)
        {
            story.FlowRecord(
                Handshake.Established, "tls", ip: Rotating[index / 2], port: 443, local: (ushort)(50_100 + (index / 2 * 10) + (index % 2)), name: "c2.example");
        }

        Assert.Contains("by name: c2.example", DetailOf(Explained(story)), StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_without_a_name_stay_as_many_as_they_are() =>
        Assert.Equal(0, WeightOf(Explained(Calls(Rotating)), "fewDestinations"));

    [Fact]
    public void Names_of_a_part_say_nothing_of_the_rest() =>
        Assert.Equal(0, WeightOf(Explained(Calls(Rotating).Resolves("c2.example", Rotating[..4])), "fewDestinations"));

    [Fact]
    public void Many_names_are_many_destinations()
    {
        Scenario story = Calls(Rotating);
        foreach (string ip in Rotating)
        {
            story.Resolves($"site-{ip.Replace('.', '-')}.example", [ip]);
        }

        Assert.Equal(0, WeightOf(Explained(story), "fewDestinations"));
    }

    [Fact]
    public void Payload_is_of_the_destination_that_its_own_flow_names()
    {
        Scenario story = Calls(Rotating).Resolves("cdn.example", Rotating)
            .Connects("198.51.100.7", 8444, seconds: 5000, local: 51_900, name: "c2.example")
            .Payload(Scenario.Random(), ip: "198.51.100.7", port: 8444, local: 51_900, seconds: 5000);

        Assert.Equal("c2.example", Explained(story).Destination?.Name);
    }

    private static Scenario Calls(string[] addresses)
    {
        Scenario story = new Scenario().Started().OwnImage(false).Loads("bcrypt.dll");
        for (int index = 0; index < addresses.Length; index++)
        {
            story.Connects(addresses[index], 443, seconds: 3 + (index * 300), local: (ushort)(50_100 + (index * 10)), times: 2);
        }

        return story;
    }

    private static Detection Explained(Scenario story) => Assert.Single(story.Found(), detection => detection.AnalyticId == "AN0400");

    private static int WeightOf(Detection detection, string kind) =>
        detection.Evidence.Where(piece => piece.Kind == kind).Sum(piece => piece.Weight);

    private static string DetailOf(Detection detection) => detection.Evidence.First(piece => piece.Kind == "fewDestinations").Detail;
}
