using System.Text.Json;

namespace CipherWatch.Cli.Tests.Verbs;

/// <summary><c>evaluate</c> over the demo's day, whose one implant is known.</summary>
public sealed class EvaluateTests(DemoFolder demo) : IClassFixture<DemoFolder>, IDisposable
{
    private const string Implant = @"C:\Users\m.ortega\AppData\Roaming\AudioRelay\audiorelay.exe";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_implant_is_recalled_and_nothing_else_is_an_alarm()
    {
        JsonElement result = (await Ran.Of("evaluate", demo.Telemetry, "--truth", Truth($"ws-accounting-07\t{Implant}\tc2\tdemo"), "--json")).Json;
        JsonElement own = result.GetProperty("rules")[0];
        Assert.Equal((1, 1), Interval(own.GetProperty("recall")));
        Assert.Equal((1, 1), Interval(own.GetProperty("precision")));
        Assert.Equal("demo", result.GetProperty("byFamily")[0].GetProperty("name").GetString());
        Assert.Equal(0, result.GetProperty("falseAlarms").GetProperty("high").GetProperty("count").GetInt32());
        Assert.Equal(6, result.GetProperty("hostDays").GetInt32());
    }

    [Fact]
    public async Task A_detection_of_what_the_truth_calls_background_is_a_false_alarm_and_named()
    {
        string truth = Truth($"ws-accounting-07\t{Implant}\tbackground\tdemo", "ws-design-04\tC:\\none.exe\tc2\tdemo");
        JsonElement result = (await Ran.Of("evaluate", demo.Telemetry, "--truth", truth, "--json")).Json;
        Assert.Equal(1, result.GetProperty("falseAlarms").GetProperty("high").GetProperty("count").GetInt32());
        Assert.Equal((0, 1), Interval(result.GetProperty("rules")[0].GetProperty("precision")));
        Assert.Contains("none.exe", result.GetProperty("byKind")[0].GetProperty("missed")[0].GetString(), StringComparison.Ordinal);
        string text = (await Ran.Of("evaluate", demo.Telemetry, "--truth", truth, "--quiet")).Output;
        Assert.Contains("False alarm, high 100: ws-accounting-07", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_labelled_otherwise_is_counted_neither_way()
    {
        JsonElement result = (await Ran.Of("evaluate", demo.Telemetry, "--truth", Truth($"ws-accounting-07\t{Implant}\tattack\tdemo"), "--json")).Json;
        Assert.Equal((0, 0), Interval(result.GetProperty("rules")[0].GetProperty("recall")));
        Assert.Equal(0, result.GetProperty("falseAlarms").GetProperty("high").GetProperty("count").GetInt32());
    }

    [Theory]
    [InlineData("host\tlabel\n", "one of process_guid, pid, destination")]
    [InlineData("host\tlabel\tpid\nws-1\t\t7\n", "line 2: host, label")]
    [InlineData("", "the first line must name the columns")]
    public async Task Truth_that_cannot_be_used_is_a_usage_error_that_says_what_is_missing(string truth, string message)
    {
        Ran ran = await Ran.Of("evaluate", demo.Telemetry, "--truth", _folder.Write("truth.tsv", truth));
        Assert.Equal(ExitCode.Usage, ran.Code);
        Assert.Contains(message, ran.Error, StringComparison.Ordinal);
    }

    private string Truth(params string[] rows) =>
        _folder.Write("truth.tsv", "host\timage\tlabel\tfamily\tpid\n" + string.Concat(rows.Select(row => row + "\t\n")));

    private static (int Hits, int Of) Interval(JsonElement interval) => (interval.GetProperty("hits").GetInt32(), interval.GetProperty("of").GetInt32());
}
