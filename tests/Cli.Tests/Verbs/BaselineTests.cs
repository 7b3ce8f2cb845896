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
    public async Task Merging_touches_nothing_that_a_person_wrote()
    {
        const string Own = """
            // Agreed with the desk on 3 March.
            {
              "AllowedCryptoProcesses": [
                "?:\\Own\\own.exe" // ours, see ticket 4711
                /* nothing below this line without asking */
              ],
              "TrafficVolumeThreshold": 50000000, // two weeks of tunnels
              "HostAddresses": { "ws-accounting-07": ["10.9.9.9"], "db-1": ["10.8.8.8"] }
            }
            // end
            """;
        string merged = Encoding.UTF8.GetString(File.ReadAllBytes(await Merged(Own)));
        foreach (string kept in (string[])
            ["// Agreed with the desk on 3 March.\n{", "// ours, see ticket 4711", "/* nothing below this line without asking */", "// two weeks of tunnels", "// end", "\"db-1\": [\"10.8.8.8\"]"])
        {
            Assert.Contains(kept, merged.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        }

        Assert.Contains("GoogleUpdate.exe", merged, StringComparison.Ordinal);
        Assert.Contains("\"ws-accounting-07\": [\"10.20.1.37\"]", merged, StringComparison.Ordinal);
        Assert.DoesNotContain("10.9.9.9", merged, StringComparison.Ordinal);
        Ran detect = await Ran.Of("detect", demo.Telemetry, "--settings", _folder["merged.json"], "--json");
        Assert.Equal(ExitCode.Done, detect.Code);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{ \"AllowedCryptoProcesses\": [] }")]
    [InlineData("{ \"AllowedCryptoProcesses\": [ \"a.exe\", ], }")]
    [InlineData("{ \"AllowedCryptoProcesses\": [ \"a.exe\" // one, two\n ] }")]
    [InlineData("{\n  \"TimeWindow\": \"00:05:00\"\n}\n")]
    [InlineData("\uFEFF{ /* a, b */ \"HostAddresses\": {} }")]
    public async Task Merging_leaves_a_file_that_can_be_read(string own)
    {
        string path = await Merged(own);
        Ran again = await Ran.Of("baseline", demo.Telemetry, "--merge", path, "--out", _folder["again.json"]);
        Assert.Equal(ExitCode.Done, again.Code);
        Assert.DoesNotContain("+ AllowedCryptoProcesses:", again.Error, StringComparison.Ordinal);
    }

    private async Task<string> Merged(string own)
    {
        string path = _folder.Write("own.json", own);
        Ran ran = await Ran.Of("baseline", demo.Telemetry, "--merge", path, "--out", _folder["merged.json"]);
        Assert.Equal(ExitCode.Done, ran.Code);
        return _folder["merged.json"];
    }

    [Fact]
    public async Task What_is_told_twice_counts_once()
    {
        byte[] once = (await Ran.Of("baseline", demo.Telemetry, "--quiet")).OutputBytes;
        Assert.Equal(once, (await Ran.Of("baseline", demo.Telemetry, demo.Telemetry, "--quiet")).OutputBytes);
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
