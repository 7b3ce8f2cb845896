using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Tests.Detections.Settings;

/// <summary>
/// Every setting on every analytic that uses it: the same telemetry, two values, and the outcome follows the value both ways.
/// </summary>
public class LiveSettingsTests
{
    private const string TimeWindow = nameof(DetectionSettings.TimeWindow);
    private const string Allowed = nameof(DetectionSettings.AllowedCryptoProcesses);
    private const string Entropy = nameof(DetectionSettings.EntropyThreshold);
    private const string MacEntropy = nameof(DetectionSettings.PayloadEntropyThreshold);
    private const string Modules = nameof(DetectionSettings.CryptoModules);
    private const string Suppressions = nameof(DetectionSettings.Suppressions);
    private const string Proxies = nameof(DetectionSettings.Proxies);
    private const string Proxy = """[ "10.0.0.8:3128" ]""";
    private const string Weights = nameof(DetectionSettings.EvidenceWeights);

    /// <summary>Analytic, setting, the telemetry, a value under which more is said, and one under which less is.</summary>
    private static readonly (string Analytic, string Setting, Func<Scenario> Story, string More, string Less)[] Rows =
    [
        ("AN0400", TimeWindow, () => Windows().Loads("bcrypt.dll", 0).Connects(seconds: 700), "\"00:12:00\"", "\"00:10:00\""),
        ("AN0401", TimeWindow, () => Linux().Loads("/usr/lib/libcrypto.so.3", 0).Connects(seconds: 700), "\"00:12:00\"", "\"00:10:00\""),
        ("AN0402", TimeWindow, () => MacOs().Loads("/usr/local/lib/libsodium.dylib", 0).Connects(seconds: 700), "\"00:12:00\"", "\"00:10:00\""),
        ("AN0403", TimeWindow, () => Esxi().Loads("/tmp/libcrypto.so.3", 0).Connects(seconds: 700), "\"00:12:00\"", "\"00:10:00\""),
        ("AN0404", TimeWindow, () => new Scenario().FlowRecord(Handshake.None, "wireguard", 30_000_000)
            .FlowRecord(Handshake.None, "wireguard", 30_000_000, local: 50101, seconds: 500), "\"00:05:00\"", "\"00:10:00\""),
        ("AN0400", Allowed, () => Windows(@"C:\Program Files\Agent\agent.exe").Loads("bcrypt.dll").Connects().Payload(Scenario.Random()),
            "[]", """[ { "image": "?:\\Program Files\\Agent\\*.exe" } ]"""),
        ("AN0401", Allowed, () => Linux("/opt/agent/agentd").Loads("/opt/agent/libsodium.so.23").Connects().Payload(Scenario.Random()),
            "[]", """[ { "image": "/opt/agent/*" } ]"""),
        ("AN0402", Allowed, () => new Scenario("/Applications/Agent.app/Contents/MacOS/Agent", TelemetryPlatform.MacOs)
            .StartedSigned(true, "ABCDE12345/com.example.agent").Calls("rc4").Connects().Payload(Scenario.Random()),
            "[]", """[ { "image": "/Applications/*", "signer": "ABCDE12345/*" } ]"""),
        ("AN0400", Entropy, () => Windows(@"C:\Program Files\Agent\agent.exe").Connects().Payload(Scenario.Random(score: 7.4)), "7.2", "7.6"),
        ("AN0401", Entropy, () => Linux().Connects().Payload(Scenario.Random(score: 7.4)), "7.2", "7.6"),
        ("AN0402", Entropy, () => MacOs().Connects().Payload(Scenario.Random(score: 7.4)), "7.2", "7.6"),
        ("AN0402", MacEntropy, () => MacOs().Connects().Payload(Scenario.Random(score: 7.4)), "7.2", "7.6"),
        ("AN0403", Entropy, () => Esxi().Connects().Payload(Scenario.Random(score: 7.4)), "7.2", "7.6"),
        ("AN0404", Entropy, () => new Scenario().Payload(Scenario.Random(score: 7.4)), "7.2", "7.6"),
        ("AN0401", nameof(DetectionSettings.TrustedCryptoLibs), () => Linux("/usr/sbin/exampled").Loads("/usr/lib/libcrypto.so.3").Connects(times: 9),
            "[]", """[ { "process": "/usr/sbin/exampled", "library": "/usr/lib/lib*.so*" } ]"""),
        ("AN0401", nameof(DetectionSettings.TrafficAsymmetryRatio), () => Linux().Loads("/usr/lib/libcrypto.so.3").Connects(sent: 8000, received: 2000), "3", "5"),
        ("AN0402", nameof(DetectionSettings.DoHResolvers), () => MacOs().Calls("aes").Connects(port: 443, handshake: Handshake.Established), "[]", "[ \"203.0.113.9\" ]"),
        ("AN0403", nameof(DetectionSettings.AllowedMgmtHosts), () => Esxi("hostd").Connects(port: 443), "[]", "[ \"203.0.113.9\" ]"),
        ("AN0404", nameof(DetectionSettings.PortProfiles), () => new Scenario().Payload(Scenario.Random()), "{}", """{ "8444/tcp": ["any"] }"""),
        ("AN0404", nameof(DetectionSettings.TrafficVolumeThreshold), () => new Scenario().FlowRecord(Handshake.None, "wireguard", 5000), "100000", "1000"),
        ("AN0400", Modules, () => Windows(@"C:\Users\ana\a.exe").Loads("own.dll").Connects(), """{ "windows": ["own"] }""", """{ "windows": ["other"] }"""),
        ("AN0401", Modules, () => Linux().Loads("/tmp/libown.so").Connects(), """{ "linux": ["libown.so*"] }""", """{ "linux": ["libother.so*"] }"""),
        ("AN0402", Modules, () => MacOs().Calls("owncipher").Connects(), """{ "macos": ["owncipher"] }""", """{ "macos": ["other"] }"""),
        ("AN0403", Modules, () => Esxi().Calls("owncipher").Connects(), """{ "esxi": ["owncipher"] }""", """{ "esxi": ["other"] }"""),
        ("AN0401", nameof(DetectionSettings.HostAddresses), () => Linux().Connects(local: 0, source: false).Payload(Scenario.Random()),
            """{ "ws1": ["10.1.0.5"] }""", """{ "ws1": ["10.1.0.6"] }"""),
        ("AN0400", Proxies, () => Windows().Loads("bcrypt.dll").Connects("10.0.0.8", 3128, times: 10), "[]", Proxy),
        ("AN0401", Proxies, () => Linux().Loads("/usr/lib/libcrypto.so.3").Connects("10.0.0.8", 3128, times: 10), "[]", Proxy),
        ("AN0402", Proxies, () => MacOs().Calls("aes").Connects("10.0.0.8", 3128, times: 10), "[]", Proxy),
        ("AN0403", Proxies, () => Esxi().Connects("10.0.0.8", 3128, times: 10), "[]", Proxy),
        .. OnAll(Suppressions, "[]", """[ { "destination": "203.0.113.9", "reason": "a laboratory" } ]"""),
        .. OnAll(Weights, """{ "oddPort": 10 }""", """{ "oddPort": 0 }"""),
    ];

    public static TheoryData<string, string> Names { get; } = new(Rows.Select(row => (row.Analytic, row.Setting)));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_outcome_follows_the_value_both_ways(string analytic, string setting)
    {
        (_, _, Func<Scenario> story, string more, string less) = Array.Find(Rows, row => row.Analytic == analytic && row.Setting == setting);
        DetectionSettings high = Scenario.Settings($$"""{ "{{setting}}": {{more}} }"""), low = Scenario.Settings($$"""{ "{{setting}}": {{less}} }""");

        int said = Said(story(), analytic, high);
        Assert.True(said > Said(story(), analytic, low), $"{said} is said under {more}, and {Said(story(), analytic, low)} under {less}");
        Assert.Equal(said, Said(story(), analytic, high));
    }

    [Fact]
    public void Every_setting_of_the_file_has_its_rows()
    {
        string[] analytics = ["AN0400", "AN0401", "AN0402", "AN0403", "AN0404"];
        Dictionary<string, string[]> used = new(StringComparer.Ordinal)
        {
            [TimeWindow] = analytics,
            [Allowed] = analytics[..3],
            [Entropy] = analytics,
            [MacEntropy] = ["AN0402"],
            ["TrustedCryptoLibs"] = ["AN0401"],
            ["TrafficAsymmetryRatio"] = ["AN0401"],
            ["DoHResolvers"] = ["AN0402"],
            ["AllowedMgmtHosts"] = ["AN0403"],
            ["Proxies"] = analytics[..4],
            ["PortProfiles"] = ["AN0404"],
            ["TrafficVolumeThreshold"] = ["AN0404"],
            [Modules] = analytics[..4],
            ["HostAddresses"] = ["AN0401"],
            [Suppressions] = analytics,
            [Weights] = analytics,
        };

        Assert.Equal(SettingRow.All.Select(row => row.Name).Order(StringComparer.Ordinal), used.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            used.SelectMany(setting => setting.Value.Select(analytic => $"{analytic} {setting.Key}")).Order(StringComparer.Ordinal),
            Rows.Select(row => $"{row.Analytic} {row.Setting}").Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>How much an analytic says: its confidence where something stands.</summary>
    private static int Said(Scenario story, string analytic, DetectionSettings settings) =>
        story.Found(settings).Where(detection => detection.AnalyticId == analytic && detection.Suppressed is null).Sum(detection =>
            detection.Evidence.Sum(evidence => evidence.Weight));

    private static IEnumerable<(string, string, Func<Scenario>, string, string)> OnAll(string setting, string more, string less) =>
    [
        ("AN0400", setting, () => Windows().Loads("bcrypt.dll").Connects(), more, less),
        ("AN0401", setting, () => Linux().Loads("/usr/lib/libcrypto.so.3").Connects(), more, less),
        ("AN0402", setting, () => MacOs().Calls("aes").Connects(), more, less),
        ("AN0403", setting, () => Esxi().Connects(), more, less),
        ("AN0404", setting, () => new Scenario().Payload(Scenario.Random()), more, less),
    ];

    private static Scenario Windows(string image = @"C:\Users\ana\Downloads\update.exe") => new Scenario(image).Started().OwnImage(false);

    private static Scenario Linux(string image = "/tmp/.cache/agent") => new Scenario(image, TelemetryPlatform.Linux).Started("/usr/bin/dash");

    private static Scenario MacOs() => new Scenario("/Users/Shared/helper", TelemetryPlatform.MacOs).StartedSigned(false);

    private static Scenario Esxi(string world = "python") => new(world, TelemetryPlatform.Esxi);
}
