using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Tests.Detections.Analytics;

/// <summary>What is behind a proxy: few destinations that nothing names weigh nothing, on every platform.</summary>
public class ProxyDestinationsTests
{
    private const string Proxy = "10.0.0.8";
    private static readonly DetectionSettings Listed = Scenario.Settings("""{ "Proxies": [ "10.0.0.8:3128", "gate.example:80" ] }""");

    public static TheoryData<string, TelemetryPlatform, string> Programs => new()
    {
        { @"C:\Users\ana\Downloads\tool.exe", TelemetryPlatform.Windows, "bcrypt.dll" },
        { "/tmp/tool", TelemetryPlatform.Linux, "/usr/lib/libcrypto.so.3" },
        { "/Users/Shared/tool", TelemetryPlatform.MacOs, "/usr/local/lib/libsodium.dylib" },
        { "python", TelemetryPlatform.Esxi, "/tmp/libcrypto.so.3" },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void Few_destinations_weigh_nothing_behind_a_listed_proxy_and_the_card_says_that_it_hides_them(
        string image, TelemetryPlatform platform, string library)
    {
        Detection hidden = Explained(Tool(image, platform, library).Connects(Proxy, 3128, times: 12), Listed);
        Detection open = Explained(Tool(image, platform, library).Connects(Proxy, 3128, times: 12), DetectionSettings.Default);

        Assert.Equal(0, WeightOf(hidden, "fewDestinations") + WeightOf(hidden, "oddPort"));
        Assert.Contains("hidden by a proxy, 10.0.0.8:3128", DetailOf(hidden, "behindProxy"), StringComparison.Ordinal);
        Assert.Equal(30, WeightOf(open, "fewDestinations"));
        Assert.DoesNotContain(open.Evidence, piece => piece.Kind == "behindProxy");
    }

    [Theory]
    [InlineData(Proxy, 3129)]
    [InlineData("10.0.0.9", 3128)]
    public void Another_port_or_host_is_no_proxy(string ip, ushort port) => Assert.Equal(
        30, WeightOf(Explained(Tool().Connects(ip, port, times: 12), Listed), "fewDestinations"));

    [Fact]
    public void A_proxy_is_known_by_its_name_too() => Assert.Equal(
        0, WeightOf(Explained(Tool().Connects("203.0.113.80", 80, times: 12, name: "gate.example"), Listed), "fewDestinations"));

    [Fact]
    public void What_is_called_beside_the_proxy_is_judged_as_ever()
    {
        Scenario both = Tool().Connects(Proxy, 3128, times: 8).Connects("203.0.113.9", 8444, seconds: 4, local: 51_000, times: 12);

        Assert.Equal(30, WeightOf(Explained(both, Listed), "fewDestinations"));
    }

    [Fact]
    public void Payload_is_judged_whatever_hides_the_destination() => Assert.Contains(
        Tool().Connects(Proxy, 3128).Payload(Scenario.Random(), Proxy, 3128).Found(Listed),
        detection => detection.AnalyticId == "AN0400" && detection.Severity == Severity.High);

    /// <summary>The same tool low at most both ways: what a proxy does adds nothing.</summary>
    [Theory]
    [InlineData("libssl-3-x64.dll")]
    [InlineData("schannel.dll")]
    public void A_proxy_adds_nothing_to_a_tool_that_is_low_without_it(string library)
    {
        int direct = Confidence(Runtime().Connects(port: 443));
        int proxied = Confidence(Runtime().Connects(Proxy, 3128, times: 12));

        Assert.True(proxied <= direct, $"{direct} directly, {proxied} through a proxy");

        Scenario Runtime() => new Scenario(@"C:\Users\ana\miniconda3\python.exe").Started().OwnImage(false).Loads(library).Loads("bcrypt.dll");

        static int Confidence(Scenario story) => story.Found(Listed).Select(detection => detection.Confidence).DefaultIfEmpty(0).Max();
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void One_name_behind_the_proxy_is_one_destination_whoever_names_it(bool own, bool ported)
    {
        Scenario story = Tool().Connects(Proxy, 3128, times: 12).Asks("c2.example", times: 12, own: own, ported: ported);
        Detection found = Explained(story, Listed);

        Assert.Equal(30, WeightOf(found, "fewDestinations"));
        Assert.Equal("c2.example", found.Destination?.Name);
        Assert.Contains("c2.example:443 through the proxy 10.0.0.8:3128", found.Title, StringComparison.Ordinal);
        Assert.Contains("it calls c2.example:443", DetailOf(found, "behindProxy"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_log_without_ports_joins_by_time_at_less_weight_on_every_platform(string image, TelemetryPlatform platform, string library)
    {
        ushort local = (ushort)(platform == TelemetryPlatform.Windows ? 50_100 : 0);
        Scenario near = Tool(image, platform, library).Connects(Proxy, 3128, times: 12, local: local).Asks("c2.example", times: 12, own: true, ported: false);
        Scenario far = Tool(image, platform, library).Connects(Proxy, 3128, times: 12, local: local)
            .Asks("c2.example", times: 12, seconds: 20, own: true, ported: false);

        Assert.Equal(18, WeightOf(Explained(near, Listed), "fewDestinations"));
        Assert.Equal(0, WeightOf(Explained(far, Listed), "fewDestinations"));
        Assert.Contains("hidden by a proxy", DetailOf(Explained(far, Listed), "behindProxy"), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_names_behind_the_proxy_are_many_destinations()
    {
        Scenario story = Tool().Connects(Proxy, 3128, times: 12);
        for (int index = 0; index < 12; index++)
        {
            story.Asks($"site{index}.example", local: (ushort)(50_100 + index), seconds: 3 + (index * 60));
        }

        Detection found = Explained(story, Listed);
        Assert.Equal(0, WeightOf(found, "fewDestinations"));
        Assert.Contains("and others", DetailOf(found, "behindProxy"), StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_of_another_program_to_the_same_proxy_name_nothing()
    {
        Scenario story = Tool().Connects(Proxy, 3128, times: 12).Asks("news.example", times: 12, local: 60_000);

        Assert.Contains("hidden by a proxy", DetailOf(Explained(story, Listed), "behindProxy"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_seen_to_be_asked_for_others_is_a_proxy_without_the_setting_where_it_is_inside()
    {
        Assert.Contains(
            "c2.example", DetailOf(Explained(Tool().Connects(Proxy, 4480, times: 12).Asks("c2.example", port: 4480, times: 12), DetectionSettings.Default), "behindProxy"),
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            Explained(Tool().Connects("203.0.113.9", 4480, times: 12).Asks("c2.example", "203.0.113.9", 4480, times: 12), DetectionSettings.Default).Evidence,
            piece => piece.Kind == "behindProxy");
    }

    [Fact]
    public void A_port_behind_the_proxy_is_judged_as_the_destinations()
    {
        Assert.Equal(10, WeightOf(Explained(Tool().Connects(Proxy, 3128, times: 12).Asks("c2.example", times: 12, server: 4444), Listed), "oddPort"));
        Assert.Equal(0, WeightOf(Explained(Tool().Connects(Proxy, 3128, times: 12).Asks("c2.example", times: 12), Listed), "oddPort"));
    }

    [Fact]
    public void An_ESXi_daemon_may_ask_a_proxy_for_its_depot_and_for_nobody_else()
    {
        DetectionSettings settings = Scenario.Settings("""{ "Proxies": [ "10.0.0.8:3128" ], "AllowedMgmtHosts": [ "depot.example" ] }""");
        Scenario Daemon(string name) => new Scenario("/bin/vpxa", TelemetryPlatform.Esxi).Connects(Proxy, 3128, local: 50_100).Asks(name);

        Assert.Empty(Daemon("depot.example").Found(settings));
        Assert.Contains("c2.example:443", Assert.Single(Daemon("c2.example").Found(settings)).Title, StringComparison.Ordinal);
    }

    private static Scenario Tool(
        string image = @"C:\Users\ana\Downloads\tool.exe", TelemetryPlatform platform = TelemetryPlatform.Windows, string library = "bcrypt.dll")
    {
        Scenario story = new(image, platform);
        return (platform == TelemetryPlatform.Windows ? story.Started().OwnImage(false) : platform == TelemetryPlatform.MacOs
            ? story.StartedSigned(false) : story.Started("/usr/bin/dash")).Loads(library);
    }

    private static Detection Explained(Scenario story, DetectionSettings settings) =>
        Assert.Single(story.Found(settings), detection => detection.AnalyticId != "AN0404");

    private static int WeightOf(Detection detection, string kind) =>
        detection.Evidence.Where(piece => piece.Kind == kind).Sum(piece => piece.Weight);

    private static string DetailOf(Detection detection, string kind) => detection.Evidence.First(piece => piece.Kind == kind).Detail;
}
