using System.Text.Json;
using CipherWatch.Cli.Runs;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Cli.Tests.Verbs;

/// <summary><c>suppress</c>: from a detection to settings that suppress it, and all else in the file as it was.</summary>
public sealed class SuppressTests(DemoFolder demo) : IClassFixture<DemoFolder>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_it_writes_suppresses_the_detection_and_its_network_finding()
    {
        JsonElement implant = File.ReadLines(demo.Detections).Select(line => JsonDocument.Parse(line).RootElement)
            .Single(detection => detection.TryGetProperty("process", out _));
        string id = implant.GetProperty("detectionId").GetString()!;
        const string Before = "{\r\n  // ours\r\n  \"EntropyThreshold\": 7.2 // as shipped\r\n}\r\n";
        string settings = _folder.Write("s.json", Before);
        Ran ran = await Ran.Of(
            "suppress", id[..8], "--reason", "Agreed", "--until", "2026-12-31", "--author", "kim", "--settings", settings, "--detections", demo.Detections);
        Assert.True(ran.Code == ExitCode.Done, ran.Error);
        string after = File.ReadAllText(settings);
        Assert.StartsWith("{\r\n  // ours\r\n  \"EntropyThreshold\": 7.2, // as shipped\r\n  \"Suppressions\": [\r\n    { \"process\": ", after, StringComparison.Ordinal);
        Suppression entry = Assert.Single(SettingsSource.Load(settings).Suppressions);
        Assert.Equal(("ws-accounting-07", "203.0.113.77:4447", "Agreed", "kim"), (entry.Host?.Pattern, EntryText.Of(entry.Destination!), entry.Reason, entry.Author));
        Assert.Equal(new DateTimeOffset(2026, 12, 31, 0, 0, 0, TimeSpan.Zero), entry.Expires);

        Ran detect = await Ran.Of("detect", demo.Telemetry, "--settings", settings, "--json", "--out", _folder["out"]);
        Assert.Equal(2, detect.Json.GetProperty("suppressed").GetInt32());
        string[] own = [.. File.ReadLines(_folder["out"]).Where(line => line.Contains("203.0.113.77", StringComparison.Ordinal))];
        Assert.Equal(2, own.Length);
        Assert.All(own, line => Assert.Contains("\"suppressed\":{\"reason\":\"Agreed\"", line, StringComparison.Ordinal));

        Ran again = await Ran.Of(
            "suppress", id, "--reason", "Agreed", "--until", "2026-12-31", "--author", "kim", "--settings", settings, "--detections", demo.Detections);
        Assert.Contains("already", again.Output, StringComparison.Ordinal);
        Assert.Equal(after, File.ReadAllText(settings));
    }

    [Theory]
    [InlineData("zz", "no detection id")]
    [InlineData("0123456789abcdef0123456789abcdef", "is in none of")]
    public async Task An_id_that_is_not_there_is_2_and_says_what_to_do(string id, string expected)
    {
        Ran ran = await Ran.Of("suppress", id, "--reason", "x", "--settings", _folder["s.json"], "--detections", demo.Detections);
        Assert.Equal(ExitCode.Usage, ran.Code);
        Assert.Contains(expected, ran.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["s.json"]));
    }

    [Theory]
    [InlineData("2020-01-01")]
    [InlineData("soon")]
    public async Task A_date_that_would_not_suppress_it_is_2(string until)
    {
        string id = JsonDocument.Parse(File.ReadLines(demo.Detections).First()).RootElement.GetProperty("detectionId").GetString()!;
        Ran ran = await Ran.Of("suppress", id, "--reason", "x", "--until", until, "--settings", _folder["s.json"], "--detections", demo.Detections);
        Assert.Equal(ExitCode.Usage, ran.Code);
        Assert.Contains("--until", ran.Error, StringComparison.Ordinal);
    }
}
