using System.Security.Cryptography;
using System.Text.Json;

namespace CipherWatch.Cli.Tests.Verbs;

public sealed class DemoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_implant_is_found_and_explained_and_nothing_else_is_reported()
    {
        Ran ran = await Ran.Of("demo", "--out-dir", _folder["demo"]);
        Assert.Equal(ExitCode.Done, ran.Code);
        Assert.Empty(ran.Error);
        Assert.Contains("The implant was found, and nothing else was reported.", ran.Output, StringComparison.Ordinal);
        Assert.Contains("audiorelay.exe", ran.Output, StringComparison.Ordinal);
        Assert.Contains("203.0.113.77:4447/tcp", ran.Output, StringComparison.Ordinal);
        Assert.Contains("[encryptedNoHandshake]", ran.Output, StringComparison.Ordinal);
        Assert.Contains(", 0 dead-lettered;", ran.Output, StringComparison.Ordinal);

        JsonElement[] detections = [.. File.ReadLines(_folder["demo/detections.ndjson"]).Select(line => JsonDocument.Parse(line).RootElement)];
        JsonElement implant = Assert.Single(detections, detection => !detection.TryGetProperty("supersededBy", out _));
        Assert.Equal("high", implant.GetProperty("severity").GetString());
        Assert.Equal("ws-accounting-07", implant.GetProperty("host").GetString());
        Assert.Contains("audiorelay.exe", File.ReadAllText(_folder["demo/report.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_runs_give_the_same_bytes()
    {
        await Ran.Of("demo", "--quiet", "--out-dir", _folder["one"]);
        await Ran.Of("demo", "--quiet", "--out-dir", _folder["two"]);
        Assert.Equal(Hashes("one"), Hashes("two"));
    }

    [Fact]
    public async Task The_telemetry_is_the_same_on_every_machine()
    {
        // What another machine wrote. A change of the simulation changes these on purpose; nothing else may.
        await Ran.Of("demo", "--quiet", "--out-dir", _folder["demo"]);
        byte[] all = [.. Directory.GetFiles(_folder["demo/telemetry"]).Order(StringComparer.Ordinal).SelectMany(File.ReadAllBytes)];
        Assert.Equal("1bcff64438c42fd1", Convert.ToHexStringLower(SHA256.HashData(all))[..16]);
    }

    [Fact]
    public async Task Json_is_one_object_and_quiet_is_silent()
    {
        Ran json = await Ran.Of("demo", "--json", "--out-dir", _folder["demo"]);
        Assert.Equal(2, json.Json.GetProperty("detections").GetInt32());
        Assert.Equal(1, json.Json.GetProperty("superseded").GetInt32());
        Ran quiet = await Ran.Of("demo", "--quiet", "--out-dir", _folder["demo"]);
        Assert.Empty(quiet.OutputBytes);
        Assert.Empty(quiet.Error);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_1_with_its_name()
    {
        string file = _folder.Write("taken", "x");
        Ran ran = await Ran.Of("demo", "--out-dir", file);
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Contains("taken", ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
    }

    private IEnumerable<string> Hashes(string folder) => Directory.GetFiles(_folder[folder], "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Where(file => !file.EndsWith(".html", StringComparison.Ordinal))
        .Select(file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))));
}
