using System.Text.RegularExpressions;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Detections;

/// <summary>What is copied from a card finds the channel, and telemetry writes nothing into it.</summary>
public partial class HuntingFiltersTests
{
    private const string Times = "frame.time_epoch >= 1772452740 && frame.time_epoch <= 1772467200";
    private const string Between = "where TimeGenerated between (datetime(2026-03-02T11:59:00Z) .. datetime(2026-03-02T16:00:00Z))";

    [Theory]
    [InlineData("203.0.113.9", "tcp", null, "ip.addr == 203.0.113.9 && tcp.port == 8444 && " + Times)]
    [InlineData("203.0.113.9", "udp", "10.1.0.5", "ip.addr == 10.1.0.5 && ip.addr == 203.0.113.9 && udp.port == 8444 && " + Times)]
    [InlineData("2001:db8::9", "tcp", null, "ipv6.addr == 2001:db8::9 && tcp.port == 8444 && " + Times)]
    [InlineData("203.0.113.9", "esp", null, "ip.addr == 203.0.113.9 && ip.proto == 50 && " + Times)]
    [InlineData("0.0.0.0", "tcp", null, "tcp.port == 8444 && " + Times)]
    public void A_display_filter_names_addresses_port_and_time(string ip, string protocol, string? source, string expected) =>
        Assert.Equal(expected, HuntingFilters.Wireshark(Of(ip, protocol) with { SourceIp = source is null ? null : IpAddress.Parse(source) }));

    [Theory]
    [InlineData("203.0.113.9", null, "RemoteIP == \"203.0.113.9\" and RemotePort == 8444")]
    [InlineData("::", "gateway.example.net", "RemoteUrl contains \"gateway.example.net\" and RemotePort == 8444")]
    [InlineData("::", "…way.example.net", "RemoteUrl contains \"way.example.net\" and RemotePort == 8444")]
    [InlineData("::", null, "DeviceName startswith \"ws1\" and RemotePort == 8444")]
    [InlineData("::", "x\" or true //", "DeviceName startswith \"ws1\" and RemotePort == 8444")]
    public void A_query_of_a_host_names_the_far_end(string ip, string? name, string expected) =>
        Assert.StartsWith($"DeviceNetworkEvents | {Between} | where {expected} | summarize ", HuntingFilters.Kql(Of(ip, "tcp", name)), StringComparison.Ordinal);

    [Theory]
    [InlineData(TelemetryPlatform.Network, "10.1.0.5", "SourceIP == \"10.1.0.5\" and DestinationIP == \"203.0.113.9\" and DestinationPort == 8444")]
    [InlineData(TelemetryPlatform.Esxi, null, "DestinationIP == \"203.0.113.9\" and DestinationPort == 8444")]
    public void A_query_of_what_the_network_alone_shows_asks_the_networks_log(TelemetryPlatform platform, string? source, string expected) =>
        Assert.StartsWith(
            $"CommonSecurityLog | {Between} | where {expected} | summarize ",
            HuntingFilters.Kql(Of("203.0.113.9", "tcp") with { Platform = platform, SourceIp = source is null ? null : IpAddress.Parse(source) }),
            StringComparison.Ordinal);

    /// <summary>An attacker chooses names: whatever they are, there is one query, one filter, and no text of theirs but a plain name.</summary>
    [Property(MaxTest = 500)]
    public void Hostile_names_are_inert(string? name, string? host, bool hidden, TelemetryPlatform platform)
    {
        Detection detection = Of(hidden ? "::" : "203.0.113.9", "tcp", name) with { Host = host, Platform = platform, Title = $"{name}{host}" };

        Assert.Matches(Query(), HuntingFilters.Kql(detection)!);
        Assert.Equal(HuntingFilters.Wireshark(detection with { Host = null, Destination = detection.Destination! with { Name = null } }), HuntingFilters.Wireshark(detection));
    }

    [Theory]
    [InlineData("a\" | union SecurityEvent //")]
    [InlineData("a\\\" or 1 == 1 or \\\"")]
    [InlineData("a\nSecurityEvent")]
    [InlineData("ａ.example")]
    public void A_name_that_is_no_hosts_is_left_out(string name) =>
        Assert.DoesNotContain(name, HuntingFilters.Kql(Of("::", "tcp", name) with { Host = name }), StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3_155_378_975_999_999_999, 3_155_378_975_999_999_999)]
    public void Times_at_the_ends_of_the_calendar_are_times(long from, long to)
    {
        Detection detection = Of("203.0.113.9", "tcp") with { WindowStart = new(from, TimeSpan.Zero), WindowEnd = new(to, TimeSpan.Zero) };

        Assert.DoesNotContain("-", HuntingFilters.Wireshark(detection), StringComparison.Ordinal);
        Assert.Matches(Query(), HuntingFilters.Kql(detection)!);
    }

    [Fact]
    public void Flows_that_made_the_evidence_are_named_by_their_Community_Ids()
    {
        Scenario scenario = new();
        for (ushort flow = 0; flow < 9; flow++)
        {
            scenario.Payload(Scenario.Random(), local: (ushort)(50_100 + flow), seconds: 5 + flow);
        }

        // A flow that says nothing is not named.
        Detection detection = Assert.Single(scenario.FlowRecord(Handshake.None, bytes: 10, local: 50_000, seconds: 1).Found());
        string[] expected = [.. Enumerable.Range(0, 9).Select(flow => FlowKey.Create(Scenario.Host, (ushort)(50_100 + flow), IpAddress.Parse("203.0.113.9"), 8444, Protocols.Tcp).CommunityId())];
        Assert.Equal(expected.Take(6), detection.CommunityIds);
    }

    [Fact]
    public void A_process_names_the_flows_that_a_sensor_saw_of_it()
    {
        Detection detection = new Scenario().Started().OwnImage(signed: false).Loads("rsaenh.dll").Connects().Payload(Scenario.Random()).Found()
            .Single(found => found.AnalyticId == "AN0400");

        Assert.Equal(FlowKey.Create(Scenario.Host, 50_100, IpAddress.Parse("203.0.113.9"), 8444, Protocols.Tcp).CommunityId(), Assert.Single(detection.CommunityIds));
    }

    private static Detection Of(string ip, string protocol, string? name = null) => new()
    {
        DetectionId = new(1),
        Time = Scenario.Noon,
        AnalyticId = "AN0400",
        Technique = "T1573",
        Platform = TelemetryPlatform.Windows,
        Severity = Severity.Low,
        Confidence = 30,
        Title = "a title",
        Host = "ws1",
        Destination = new(IpAddress.Parse(ip), 8444, protocol, name),
        WindowStart = Scenario.Noon,
        WindowEnd = Scenario.Noon.AddHours(3),
        SettingsVersion = "default",
        Evidence = [],
    };

    [GeneratedRegex("""^(DeviceNetworkEvents|CommonSecurityLog) \| where TimeGenerated between \(datetime\([-0-9:TZ]+\) \.\. datetime\([-0-9:TZ]+\)\) \| where (([A-Za-z]+ (==|contains|startswith) "[-A-Za-z0-9._:]+"|[A-Za-z]+ == [0-9]+)( and )?)+ \| summarize [A-Za-z =(),]+(SHA1)?\z""")]
    private static partial Regex Query();
}
