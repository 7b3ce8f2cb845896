using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Telemetry.Network.Proxies;

/// <summary>Clients and targets of Squid's log: what cannot be one is a dead letter, what is none by design is skipped.</summary>
public class SquidLineTests
{
    [Theory]
    [InlineData("10.0.0.5", 0)]
    [InlineData("10.0.0.5:50100", 50100)]
    [InlineData("10.0.0.5/50100", 50100)]
    [InlineData("2001:db8::5", 0)]
    [InlineData("[2001:db8::5]:50100", 50100)]
    public void A_client_is_an_address_with_or_without_its_port(string client, int port)
    {
        Reading reading = Read(client, "CONNECT", "c2.example:443");
        Assert.Empty(reading.DeadLetters);
        Assert.Equal(port, Assert.Single(reading.Observations).Flow!.SrcPort);
    }

    [Theory]
    [InlineData("10.0.0.5:99999")]
    [InlineData("10.0.0.5/99999")]
    [InlineData("10.0.0.555")]
    [InlineData("10.0.0.555:50100")]
    [InlineData("2001:db8::zz")]
    public void A_client_that_cannot_be_one_is_a_dead_letter(string client)
    {
        Reading reading = Read(client, "CONNECT", "c2.example:443");
        Assert.Empty(reading.Observations);
        Assert.Contains("client", Assert.Single(reading.DeadLetters).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("c2.example:99999")]
    [InlineData("c2.example:zz")]
    [InlineData("-")]
    [InlineData("010.0.0.1:443")]
    [InlineData("0x0a.0.0.1:443")]
    public void A_tunnel_to_what_is_no_host_is_a_dead_letter(string target)
    {
        Reading reading = Read("10.0.0.5", "CONNECT", target);
        Assert.Contains("CONNECT", Assert.Single(reading.DeadLetters).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://010.0.0.1/")]
    [InlineData("http://c2.example:99999/")]
    public void A_url_without_a_host_is_a_dead_letter(string target) =>
        Assert.Contains("URL", Assert.Single(Read("10.0.0.5", "GET", target).DeadLetters).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("ws-041.corp.example.", "CONNECT", "c2.example:443")]
    [InlineData("ws-041.corp.example", "CONNECT", "c2.example:443")]
    [InlineData("ws-041:50100", "CONNECT", "c2.example:443")]
    [InlineData("10.0.0.5", "GET", "cache_object://localhost/info")]
    public void A_client_by_its_name_and_the_proxys_own_objects_are_skipped(string client, string method, string target)
    {
        Reading reading = Read(client, method, target);
        Assert.Empty(reading.DeadLetters);
        Assert.Empty(reading.Observations);
        Assert.Equal(1, reading.Counts.Skipped);
    }

    private static Reading Read(string client, string method, string target) =>
        Reading.Of($"1773135660.125    312 {client} TCP_TUNNEL/200 4410 {method} {target} - HIER_DIRECT/203.0.113.9 -\n");
}
