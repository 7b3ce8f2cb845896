using System.Text.Json;

namespace CipherWatch.Cli.Tests.Verbs;

/// <summary><c>detect</c> over input that is broken, lacking, stopped or of another format.</summary>
public sealed class DetectInputTests(DemoFolder demo) : IClassFixture<DemoFolder>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Telemetry => demo.Telemetry;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Dead_letters_keep_place_reason_and_bytes_and_are_no_failure()
    {
        Ran ran = await Ran.Of("detect", _folder.Write("x.log", "\n  what is this?\n"), "--dead-letter", _folder["dead"]);
        Assert.Equal(ExitCode.Done, ran.Code);
        JsonElement letter = JsonDocument.Parse(Assert.Single(File.ReadAllLines(_folder["dead"]))).RootElement;
        Assert.Equal(_folder["x.log"], letter.GetProperty("file").GetString());
        Assert.Equal(2, letter.GetProperty("line").GetInt64());
        Assert.Equal(3, letter.GetProperty("offset").GetInt64());
        Assert.Equal(("utf-8", "what is this?"), (letter.GetProperty("encoding").GetString(), letter.GetProperty("raw").GetString()));
    }

    [Fact]
    public async Task An_input_without_records_is_not_called_clean()
    {
        Ran ran = await Ran.Of("detect", _folder.Write("x.json", string.Empty));

        Assert.Contains("no record was read", ran.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("No hidden encrypted channel", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blindness_is_said()
    {
        Ran ran = await Ran.Of("detect", _folder.Write("x.json", Samples.Connections(3)), "--json");
        Assert.Contains(ran.Json.GetProperty("warnings").EnumerateArray(), warning => warning.GetString()!.Contains("AN0400", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_format_can_be_forced_and_what_is_not_of_it_is_a_dead_letter()
    {
        JsonElement summary = (await Ran.Of("detect", Telemetry, "--json", "--format", "zeek")).Json;
        Assert.Equal(0, summary.GetProperty("byAnalytic").EnumerateObject().Count(analytic => analytic.Name == "AN0400"));
        Assert.False(summary.GetProperty("bySource").TryGetProperty("sysmon", out _));
        Ran wrong = await Ran.Of("detect", Telemetry, "--format", "zeak");
        Assert.Equal(ExitCode.Usage, wrong.Code);
    }

    [Theory]
    [InlineData("binary")]
    [InlineData("utf-16")]
    [InlineData("latin-1")]
    [InlineData("truncated")]
    [InlineData("long line")]
    [InlineData("empty")]
    public async Task Whatever_the_file_nothing_is_thrown_and_nothing_vanishes(string kind)
    {
        byte[] bytes = kind switch
        {
            "binary" => [.. Enumerable.Range(0, 5_000).Select(number => (byte)(number * 31))],
            "utf-16" => [0xff, 0xfe, .. System.Text.Encoding.Unicode.GetBytes("no telemetry\n")],
            "latin-1" => [.. "{\"EventID\":3,\"Channel\":\"Microsoft-Windows-Sysmon/Operational\",\"Image\":\"C:\\\\caf"u8, 0xe9, .. "\"}\n"u8],
            "truncated" => Samples.Connections(2)[..^40],
            "long line" => [.. Enumerable.Repeat((byte)'a', 33 << 20)],
            _ => [],
        };
        Ran ran = await Ran.Of("detect", _folder.Write("x", bytes), "--json", "--dead-letter", _folder["dead"]);
        Assert.Equal(ExitCode.Done, ran.Code);
        JsonElement summary = ran.Json;
        Assert.Equal(kind == "empty" ? 0 : 1, summary.GetProperty("deadLettered").GetInt64());
        Assert.Equal(kind == "empty" ? 0 : kind == "long line" ? 2 : 1, File.ReadAllLines(_folder["dead"]).Length);
    }

    [Fact]
    public async Task A_stopped_run_publishes_what_it_found_and_says_so()
    {
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        Ran ran = await Ran.With(Stream.Null, ["detect", Telemetry, "--json", "--out", _folder["out"]], stop.Token);
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Contains(
            ran.Json.GetProperty("warnings").EnumerateArray(),
            warning => warning.GetString()!.Contains("Stopped before the end: 12 of 12 inputs", StringComparison.Ordinal));
        Assert.True(File.Exists(_folder["out"]));
    }
}
