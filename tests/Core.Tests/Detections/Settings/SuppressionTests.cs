using System.Text.Json;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Detections.Settings;

/// <summary>A detection is suppressed if all limits of a suppression fit it, and not otherwise.</summary>
public class SuppressionTests
{
    private const string Hash = "4f0ab3c1d2e5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff";

    private static readonly Detection Finding = new()
    {
        DetectionId = DetectionId.Create("AN0400", "x", null, new(2026, 3, 2)),
        Time = Scenario.Noon,
        AnalyticId = "AN0400",
        Technique = "T1573.001",
        Platform = TelemetryPlatform.Windows,
        Severity = Severity.High,
        Confidence = 75,
        Title = "t",
        Host = "ws1",
        Process = new() { Image = @"C:\Tools\sync.exe", Signed = true, Signer = "Acme Ltd", Hash = Hash.ToUpperInvariant() },
        Destination = new(IpAddress.Parse("198.51.100.20"), 8443, "tcp", "sync.acme.example"),
        WindowStart = Scenario.Noon,
        WindowEnd = Scenario.Noon,
        SettingsVersion = "x",
        Evidence = [new("oddPort", null, 10, "d", []), new("tlsHandshake", null, 0, "d", [])],
    };

    [Theory]
    [InlineData("198.51.100.20", true)]
    [InlineData("198.51.100.20:8443", true)]
    [InlineData("198.51.100.20:8443/tcp", true)]
    [InlineData("198.51.100.20:8443/TCP", false)]
    [InlineData("198.51.100.20:8443/udp", false)]
    [InlineData("198.51.100.20:443", false)]
    [InlineData("198.51.100.0/24", true)]
    [InlineData("198.51.100.16/28:8443", true)]
    [InlineData("198.51.100.0/28", false)]
    [InlineData("198.51.100.*", true)]
    [InlineData("198.51.100.*:8443", true)]
    [InlineData("198.51.101.*", false)]
    [InlineData("sync.acme.example", true)]
    [InlineData("SYNC.acme.example.", true)]
    [InlineData("*.acme.example", true)]
    [InlineData("*.acme.example:8443", true)]
    [InlineData("acme.example", false)]
    [InlineData("[::ffff:198.51.100.20]:8443", true)]
    [InlineData("2001:db8::/32", false)]
    [InlineData("[2001:db8::1]:8443", false)]
    public void A_destination_is_an_address_a_network_or_a_name_with_a_port_or_without(string written, bool suppressed)
    {
        if (written.EndsWith("/TCP", StringComparison.Ordinal))
        {
            Assert.False(Load($$"""{ "destination": "{{written}}", "reason": "x" }""", out _));
            return;
        }

        Assert.Equal(suppressed, IsSuppressed($$"""{ "destination": "{{written}}", "reason": "x" }"""));
    }

    [Theory]
    [InlineData("198.51.100.20:99999")]
    [InlineData("198.51.100.20:")]
    [InlineData("198.51.100.256")]
    [InlineData("198.51.100")]
    [InlineData("198.51.100.0/33")]
    [InlineData("198.51.100.20/tcpp")]
    [InlineData("sync.acme.example/path")]
    [InlineData("https://sync.acme.example")]
    [InlineData("two names")]
    [InlineData("2001:db8:::1")]
    public void A_destination_that_could_never_match_is_a_mistake(string written)
    {
        Assert.False(Load($$"""{ "destination": "{{written}}", "reason": "x" }""", out IReadOnlyList<string> errors));
        Assert.Contains("Suppressions[0].destination must be", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host", "ws1", true)]
    [InlineData("host", "WS*", true)]
    [InlineData("host", "ws1.corp.example", true)]
    [InlineData("host", "ws2", false)]
    [InlineData("signer", "Acme*", true)]
    [InlineData("signer", "Other*", false)]
    [InlineData("hash", Hash, true)]
    [InlineData("hash", "SHA256=" + Hash, true)]
    [InlineData("hash", "00" + "0ab3c1d2e5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff", false)]
    [InlineData("evidence", "oddPort", true)]
    [InlineData("evidence", "tlsHandshake", false)]
    [InlineData("expires", "2026-03-03", true)]
    [InlineData("expires", "2026-03-02T12:00:00Z", false)]
    [InlineData("expires", "2020-01-01", false)]
    public void Every_limit_holds(string member, string value, bool suppressed) => Assert.Equal(
        suppressed, IsSuppressed($$"""{ "process": "*\\sync.exe", "{{member}}": "{{value}}", "reason": "x" }"""));

    [Fact]
    public void A_signer_counts_only_where_the_signature_was_seen_to_be_valid() => Assert.Null(
        Scenario.Settings("""{ "Suppressions": [ { "signer": "Acme*", "reason": "x" } ] }""")
            .Suppress(Finding with { Process = Finding.Process! with { Signed = null } }, ["ws1"]).Suppressed);

    [Property(MaxTest = 300)]
    public void A_detection_is_suppressed_if_and_only_if_all_limits_of_one_entry_fit(byte[] picks)
    {
        // Each limit in a form that fits, one that does not, or left out; what is expected is told by the picks alone.
        (string Member, string Fits, string Misses)[] limits =
        [
            ("process", @"*\sync.exe", @"*\other.exe"), ("host", "ws?", "db*"), ("signer", "Acme Ltd", "Emca"), ("hash", Hash, Hash.Replace('4', '5')),
            ("destination", "198.51.100.0/24:8443", "198.51.100.20:80"), ("evidence", "oddPort", "payloadXor"),
            ("expires", "2026-04-01", "2026-01-01"), ("detectionId", Finding.DetectionId.ToString(), "00000000000000000000000000000001"),
        ];
        List<Dictionary<string, string>> entries = [];
        bool expected = false;
        foreach (byte[] entry in picks.Chunk(limits.Length))
        {
            int[] states = [.. entry.Select(pick => pick % 4)];
            if (states.Index().All(state => state.Item is 0 or 3 || limits[state.Index].Member is "host" or "expires"))
            {
                continue;
            }

            Dictionary<string, string> members = new() { ["reason"] = "x" };
            foreach ((int index, int state) in states.Index().Where(state => state.Item is 1 or 2))
            {
                members[limits[index].Member] = state == 1 ? limits[index].Fits : limits[index].Misses;
            }

            entries.Add(members);
            expected |= states.All(state => state != 2);
        }

        DetectionSettings settings = Scenario.Settings($$"""{ "Suppressions": {{JsonSerializer.Serialize(entries)}} }""");
        Assert.Equal(expected, settings.Suppress(Finding, ["ws1", "ws1.corp.example"]).Suppressed is not null);
    }

    [Theory]
    [InlineData("""{ "process": "*\\update.exe", "reason": "ours", "author": "kim" }""")]
    [InlineData("""{ "host": "ws1", "process": "*", "destination": "203.0.113.9:8444", "reason": "ours", "author": "kim" }""")]
    public void A_suppressed_process_takes_its_network_findings_along(string suppression)
    {
        Scenario scenario = new Scenario().Started().OwnImage(signed: false).Loads("rsaenh.dll").Connects(times: 9);
        for (ushort flow = 0; flow < 4; flow++)
        {
            scenario.Payload(Scenario.Random(), local: (ushort)(50100 + flow));
        }

        Detection[] standing = [.. scenario.Found()];
        Assert.Equal(2, standing.Length);
        Detection network = Assert.Single(standing, detection => detection.SupersededBy is not null);
        Assert.Null(network.Suppressed);

        Detection[] found = [.. scenario.Found(Scenario.Settings($$"""{ "Suppressions": [ {{suppression}} ] }"""))];
        Assert.Equal(2, found.Length);
        Assert.All(found, detection => Assert.Equal(new DetectionSuppression("ours", "kim", null), detection.Suppressed));
        Assert.Equal(network.SupersededBy, Assert.Single(found, detection => detection.AnalyticId == "AN0404").SupersededBy);
    }

    [Fact]
    public void A_network_only_finding_has_its_source_for_a_host_and_the_names_that_the_settings_give_it()
    {
        Scenario scenario = new();
        for (ushort flow = 0; flow < 4; flow++)
        {
            scenario.Payload(Scenario.Random(), local: (ushort)(50100 + flow));
        }

        Assert.Null(Assert.Single(scenario.Found()).Suppressed);
        foreach ((string host, bool suppressed) in new[] { ("10.1.0.5", true), ("10.1.0.*", true), ("10.1.0.6", false), ("ws1", false) })
        {
            Assert.Equal(suppressed, Suppressed($$"""{ "Suppressions": [ { "host": "{{host}}", "destination": "203.0.113.9", "reason": "x" } ] }"""));
        }

        Assert.True(Suppressed(
            """{ "HostAddresses": { "ws1": ["10.1.0.5"] }, "Suppressions": [ { "host": "ws1", "destination": "203.0.113.9", "reason": "x" } ] }"""));

        bool Suppressed(string json) => Assert.Single(scenario.Found(Scenario.Settings(json))).Suppressed is not null;
    }

    private static bool Load(string suppression, out IReadOnlyList<string> errors) =>
        SettingsFile.TryLoad(System.Text.Encoding.UTF8.GetBytes($$"""{ "Suppressions": [ {{suppression}} ] }"""), out _, out errors);

    private static bool IsSuppressed(string suppression) =>
        Scenario.Settings($$"""{ "Suppressions": [ {{suppression}} ] }""").Suppress(Finding, ["ws1", "ws1.corp.example"]).Suppressed is not null;
}
