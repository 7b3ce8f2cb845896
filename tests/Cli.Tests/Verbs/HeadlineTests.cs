using System.Text.Json;

namespace CipherWatch.Cli.Tests.Verbs;

/// <summary>Terminal, JSON and report say first what could not be judged, in the same words.</summary>
public sealed class HeadlineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("broken", "Nothing could be judged: 3 of 3 records could not be read; ")]
    [InlineData("empty", "There was nothing to judge: no record was read.")]
    [InlineData("mixed", "Not all could be judged: 3 of 5 records could not be read; ")]
    [InlineData("link type", "Nothing could be judged: 1 of 1 record could not be read; once: Packets of link type 147 ")]
    [InlineData("starts only", "Nothing could be judged: none of the 1 record read tells of a connection")]
    public async Task All_views_begin_with_what_was_not_read(string kind, string expected)
    {
        byte[] capture = Capture.OfDatagrams(("192.0.2.1", "192.0.2.2", 4444, [1, 2]), ("192.0.2.1", "192.0.2.2", 4444, [1, 2]));
        capture[20] = 147;
        string input = _folder.Write("in.json", kind switch
        {
            "broken" => "one\ntwo\nthree\n"u8.ToArray(),
            "mixed" => [.. Samples.Connections(2), .. "one\ntwo\nthree\n"u8],
            "link type" => capture,
            "starts only" => """{"EventTime":"2026-03-10 09:00:00","Hostname":"a","SourceName":"Microsoft-Windows-Sysmon","Channel":"Microsoft-Windows-Sysmon/Operational","EventID":1,"UtcTime":"2026-03-10 09:00:00.000","ProcessGuid":"{11111111-2222-3333-4444-555555555555}","ProcessId":"4120","Image":"C:\\a.exe"}"""u8.ToArray(),
            _ => [],
        });
        Ran terminal = await Ran.Of("detect", input, "--report", _folder["r.html"]);
        Assert.Equal(ExitCode.Done, terminal.Code);
        Assert.StartsWith(expected, terminal.Lines[0], StringComparison.Ordinal);
        JsonElement summary = (await Ran.Of("detect", input, "--json")).Json;
        Assert.StartsWith(expected, summary.GetProperty("headline").GetString(), StringComparison.Ordinal);
        Assert.StartsWith(expected, summary.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains("<h1>CipherWatch report</h1>\n<p>" + expected, File.ReadAllText(_folder["r.html"]), StringComparison.Ordinal);
        if (kind != "mixed")
        {
            Assert.DoesNotContain("No hidden encrypted channel", terminal.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_that_failed_whole_is_named_and_the_others_count()
    {
        _folder.Write("in/a.json", Samples.Connections(3));
        _folder.Write("in/b.log", "what\nis\nthis\n");
        Ran ran = await Ran.Of("detect", _folder["in"]);
        Assert.Contains($"{_folder["in/b.log"]}: none of its 3 records could be read; 3 times: ", ran.Output, StringComparison.Ordinal);
        Assert.Contains("No hidden encrypted channel was found in what could be read.", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_own_outputs_in_a_folder_are_left_out_and_counted_and_read_where_they_are_named()
    {
        await Ran.Of("demo", "--quiet", "--out-dir", _folder["in"]);
        _folder.Write("in/more/seen.ndjson", (await Ran.Of("normalize", "--quiet", _folder.Write("c.json", Samples.Connections(3)))).OutputBytes);
        _folder.Write("in/more/old.ndjson.gz", TemporaryFolder.Gzip(File.ReadAllBytes(_folder["in/detections.ndjson"])));
        await Ran.Of("detect", "--quiet", _folder.Write("x.log", "what\n"), "--dead-letter", _folder["in/more/dead.ndjson"]);
        _folder.Write("in/summary.json", (await Ran.Of("detect", "--json", _folder["c.json"])).OutputBytes);
        _folder.Write("in/cipherwatch.json", "{}");
        JsonElement summary = (await Ran.Of("detect", _folder["in"], "--json")).Json;
        Assert.Equal(0, summary.GetProperty("deadLettered").GetInt64());
        Assert.Equal(9, summary.GetProperty("filesLeftOut").GetInt32());
        Assert.Equal(1, summary.GetProperty("byAnalytic").GetProperty("AN0400").GetInt64());
        Assert.Contains(
            summary.GetProperty("warnings").EnumerateArray(),
            warning => warning.GetString()!.StartsWith("2 left out, as they are detections of CipherWatch: ", StringComparison.Ordinal));

        Ran named = await Ran.Of("detect", _folder["in/detections.ndjson"], "--json");
        Assert.Equal(File.ReadLines(_folder["in/detections.ndjson"]).Count(), named.Json.GetProperty("deadLettered").GetInt64());
    }
}
