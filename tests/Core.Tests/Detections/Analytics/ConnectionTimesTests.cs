using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Tests.Detections.Analytics;

/// <summary>Processes that call by a timer, as their own host records it: no sensor is needed.</summary>
public class ConnectionTimesTests
{
    [Theory]
    [InlineData(20, 50_100, true)]
    [InlineData(20, 0, true)]
    [InlineData(40, 50_100, true)]
    [InlineData(15, 50_100, false)]
    public void An_odd_program_that_calls_by_a_timer_shows_it(int calls, int port, bool timed)
    {
        EvidencePiece? timer = Timer(Assert.Single(Odd().Connects(times: calls, local: (ushort)port).Found()));

        Assert.Equal(timed, timer is not null);
        if (timer is not null)
        {
            Assert.Equal(15, timer.Weight);
            Assert.StartsWith($"203.0.113.9:8444: The last {Math.Min(calls, 32)} calls came every 00:01:00", timer.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void On_Linux_too()
    {
        Scenario scenario = new Scenario("/tmp/.x/agent", TelemetryPlatform.Linux).Started("/usr/bin/dash").Loads("/usr/lib/x86_64-linux-gnu/libcrypto.so.3");

        Assert.NotNull(Timer(Assert.Single(scenario.Connects(times: 20, local: 0, source: false).Found())));
    }

    /// <summary>Calls to a proxy come by the timers of all that is behind it.</summary>
    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "c2.example:443 through the proxy 10.0.0.8:3128")]
    [InlineData(2, null)]
    public void Behind_a_proxy_a_timer_is_of_the_one_that_is_called_through_it(int names, string? whose)
    {
        Scenario scenario = Odd().Connects("10.0.0.8", 3128, times: 20);
        for (int name = 0; name < names; name++)
        {
            scenario.Asks(name == 0 ? "c2.example" : "news.example", times: 20 / names, local: (ushort)(50_100 + (10 * name)), seconds: 3 + (600 * name));
        }

        EvidencePiece? timer = Timer(scenario.Found(Scenario.Settings("""{ "Proxies": [ "10.0.0.8:3128" ] }""")).First(found => found.AnalyticId == "AN0400"));

        Assert.Equal(whose is not null, timer is not null);
        Assert.StartsWith(whose ?? string.Empty, timer?.Detail ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_called_beside_a_proxy_has_its_timer()
    {
        Scenario scenario = Odd().Connects("10.0.0.8", 3128, times: 12).Connects(seconds: 31, local: 51_000, times: 16);

        EvidencePiece? timer = Timer(Assert.Single(scenario.Found(Scenario.Settings("""{ "Proxies": [ "10.0.0.8:3128" ] }"""))));

        Assert.StartsWith("203.0.113.9:8444: The last 16 calls", timer?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_without_a_timer_are_none()
    {
        Scenario scenario = Odd();
        for (int call = 0; call < 30; call++)
        {
            // Gaps of people: none like the other.
            scenario.Connects(local: (ushort)(50_100 + call), seconds: 3 + (7 * call * call));
        }

        Assert.Null(Timer(Assert.Single(scenario.Found())));
    }

    [Fact]
    public void Of_two_that_are_called_in_turn_each_has_its_own_timer()
    {
        Scenario scenario = Odd().Connects(times: 16).Connects("198.51.100.7", seconds: 31, local: 51_000, times: 16);

        // Apart, each is called once a minute; put together, every half.
        Assert.Contains("every 00:01:00", Timer(Assert.Single(scenario.Found()))!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_looks_for_updates_by_a_timer_is_nothing()
    {
        Scenario installed = new(@"C:\Program Files\Acme\update.exe"), ofUser = new(@"C:\Users\ana\AppData\Local\Acme\update.exe");

        Assert.Empty(installed.Started().OwnImage(signed: true, "Acme").Loads("bcrypt.dll").Loads("schannel.dll").Connects(port: 443, times: 30).Found());
        Assert.All(
            ofUser.Started().OwnImage(signed: true, "Acme").Loads("bcrypt.dll").Connects(port: 443, times: 30).Found(),
            detection => Assert.Null(Timer(detection)));
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(20, true)]
    public void A_timer_makes_no_finding_that_the_rest_does_not(int unsigned, bool found)
    {
        Scenario scenario = new Scenario(@"C:\Program Files\Acme\agent.exe").Started().OwnImage(signed: false).Loads("rsaenh.dll").Connects(times: 20);
        string weights = $$"""
            { "EvidenceWeights": { "beaconing": 90, "unsignedImage": {{unsigned}}, "cryptoLoad": 1, "noTlsProvider": 0, "fewDestinations": 0, "oddPort": 0 } }
            """;

        Assert.Equal(found ? 1 : 0, scenario.Found(Scenario.Settings(weights)).Count);
    }

    [Fact]
    public void A_program_that_is_allowed_may_have_a_timer()
    {
        string allowed = """{ "AllowedCryptoProcesses": [ { "image": "C:\\Program Files\\Acme\\*" } ] }""";
        Scenario scenario = new Scenario(@"C:\Program Files\Acme\agent.exe").Started().OwnImage(signed: false).Loads("rsaenh.dll").Connects(times: 20).Payload(Scenario.Random() with { XorKeyLength = 4 });

        Detection detection = scenario.Found(Scenario.Settings(allowed)).First(found => found.AnalyticId == "AN0400");

        Assert.Null(Timer(detection));
        Assert.NotNull(Timer(scenario.Found().First(found => found.AnalyticId == "AN0400")));
    }

    [Fact]
    public void Flows_that_no_sensor_saw_are_named_by_what_the_host_records()
    {
        Detection detection = Assert.Single(Odd().Connects(times: 9).Found());

        Assert.Equal(
            [.. Enumerable.Range(0, 6).Select(call => FlowKey.Create(Scenario.Host, (ushort)(50_100 + call), IpAddress.Parse("203.0.113.9"), 8444, Protocols.Tcp).CommunityId())],
            detection.CommunityIds);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(50_100, false)]
    public void Ends_that_are_not_known_make_no_Community_Id(int port, bool source) =>
        Assert.Empty(Assert.Single(Odd().Connects(times: 9, local: (ushort)port, source: source).Found()).CommunityIds);

    private static Scenario Odd() => new Scenario().Started().OwnImage(signed: false).Loads("rsaenh.dll");

    private static EvidencePiece? Timer(Detection detection) => detection.Evidence.FirstOrDefault(piece => piece.Kind == "beaconing");
}
