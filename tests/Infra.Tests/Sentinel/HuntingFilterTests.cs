using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;
using CipherWatch.Infra.Tests.Tools;

namespace CipherWatch.Infra.Tests.Sentinel;

/// <summary>What a card gives to copy is taken by the tools that it is for: the query binds and finds the channel, the filter compiles.</summary>
public class HuntingFilterTests
{
    private static readonly DateTimeOffset Night = new(2026, 3, 10, 22, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, Detection> Detections = new(StringComparer.Ordinal)
    {
        ["windows"] = Of(TelemetryPlatform.Windows, "203.0.113.77", null),
        ["hidden"] = Of(TelemetryPlatform.MacOs, "::", "gateway.example.net"),
        ["hostile"] = Of(TelemetryPlatform.MacOs, "::", "a\" or true or RemoteUrl == \""),
        ["network"] = Of(TelemetryPlatform.Network, "203.0.113.77", null) with { Host = null, SourceIp = IpAddress.Parse("10.1.0.7") },
        ["esxi"] = Of(TelemetryPlatform.Esxi, "203.0.113.77", "x' //"),
    };

    private static readonly Lazy<IReadOnlyDictionary<string, KustoAnswer>> Answers = new(() => new SentinelWorkspace { HasTelemetry = true }.Run(
        Detections.ToDictionary(each => each.Key, each => HuntingFilters.Kql(each.Value)!, StringComparer.Ordinal)));

    public static TheoryData<string> Names => [.. Detections.Keys];

    [Theory]
    [InlineData("windows", "ws-07.corp.example|ws-09.corp.example")]
    [InlineData("hidden", "mac-02.corp.example")]
    [InlineData("hostile", "ws-07.corp.example")]
    [InlineData("network", "10.1.0.7")]
    [InlineData("esxi", "10.1.0.7|10.1.0.9")]
    public void A_query_binds_and_finds_the_channel_and_no_other(string name, string expected)
    {
        KustoAnswer answer = Answers.Value[name];
        Assert.Empty(answer.Diagnostics);
        Assert.True(answer.Error is null, answer.Error);
        Assert.Equal(
            expected.Split('|'),
            answer.Rows.Select(row => (row["DeviceName"] ?? row["SourceIP"])!.ToString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Wireshark_takes_the_filter(string name)
    {
        if (Tool.Find("tshark") is not { } tshark)
        {
            Assert.Skip("No tshark on the PATH: whether the filter compiles is not known.");
            return;
        }

        string capture = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(capture, [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 1, 0, 0, 0]);
            Ran ran = Tool.Run(tshark, ["-r", capture, "-Y", HuntingFilters.Wireshark(Detections[name])!]);
            Assert.True(ran.ExitCode == 0, ran.Error);
            Assert.NotEqual(0, Tool.Run(tshark, ["-r", capture, "-Y", "ip.addr == nosuch address"]).ExitCode);
        }
        finally
        {
            File.Delete(capture);
        }
    }

    private static Detection Of(TelemetryPlatform platform, string ip, string? name) => new()
    {
        DetectionId = new(1),
        Time = Night,
        AnalyticId = "AN0400",
        Technique = "T1573",
        Platform = platform,
        Severity = Severity.Low,
        Confidence = 30,
        Title = "a title",
        Host = "ws-07",
        Destination = new(IpAddress.Parse(ip), 4447, "tcp", name),
        WindowStart = Night,
        WindowEnd = Night.AddMinutes(30),
        SettingsVersion = "default",
        Evidence = [],
    };
}
