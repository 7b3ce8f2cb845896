using System.Text;
using System.Text.Json;

namespace CipherWatch.Cli.Tests.Verbs;

/// <summary><c>baseline</c> over the demo's day: a poisoned one, as its implant runs from the morning.</summary>
public sealed class BaselineTests(DemoFolder demo) : IClassFixture<DemoFolder>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_looks_like_an_implant_is_refused_with_its_reason_and_still_found()
    {
        Ran ran = await Ran.Of("baseline", demo.Telemetry, "--out", _folder["proposed.json"]);
        Assert.Equal(ExitCode.Done, ran.Code);
        Assert.Matches(@"Not proposed for AllowedCryptoProcesses: .*audiorelay\.exe.*: looks like an implant on ws-accounting-07: .*\[\w+\]", ran.Error);
        string[] proposed = [.. File.ReadAllLines(_folder["proposed.json"]).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))];
        Assert.DoesNotContain(proposed, line => line.Contains("audiorelay", StringComparison.OrdinalIgnoreCase));
        JsonElement summary = (await Ran.Of("detect", demo.Telemetry, "--settings", _folder["proposed.json"], "--json")).Json;
        Assert.Equal(1, summary.GetProperty("byAnalytic").GetProperty("AN0400").GetInt32());
    }

    [Fact]
    public async Task Proposals_carry_their_counts_and_addresses_are_learned()
    {
        Ran ran = await Ran.Of("baseline", demo.Telemetry, "--quiet");
        Assert.Contains("GoogleUpdate.exe", ran.Output, StringComparison.Ordinal);
        Assert.Matches(@"// loads cryptography and connects, seen \d+ times on 3 hosts over 1 day", ran.Output);
        Assert.Contains("\"ws-accounting-07\": [\"10.20.1.37\"]", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Merging_keeps_what_stood_shows_what_is_new_and_then_has_nothing_to_add()
    {
        string own = _folder.Write("own.json", """{ "AllowedCryptoProcesses": [ "?:\\Own\\own.exe" ], "TimeWindow": "00:05:00" }""");
        Ran first = await Ran.Of("baseline", demo.Telemetry, "--merge", own, "--out", _folder["merged.json"]);
        Assert.Contains("+ AllowedCryptoProcesses:", first.Error, StringComparison.Ordinal);
        string merged = Encoding.UTF8.GetString(File.ReadAllBytes(_folder["merged.json"]));
        Assert.Contains("own.exe", merged, StringComparison.Ordinal);
        Assert.Contains("\"TimeWindow\": \"00:05:00\"", merged, StringComparison.Ordinal);
        Ran second = await Ran.Of("baseline", demo.Telemetry, "--merge", _folder["merged.json"], "--out", _folder["again.json"]);
        Assert.DoesNotContain("+ AllowedCryptoProcesses:", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_and_batches_do_not_matter()
    {
        string[] files = [.. Directory.GetFiles(demo.Telemetry).Order(StringComparer.Ordinal)];
        byte[] forward = (await Ran.Of(["baseline", .. files, "--quiet"])).OutputBytes;
        byte[] backward = (await Ran.Of(["baseline", .. files.Reverse(), "--quiet"])).OutputBytes;
        Assert.Equal(forward, backward);
    }
}
