using System.Text.Json;
using Azure.Data.Tables;
using CipherWatch.Sinks.Tables;
using CipherWatch.Sinks.Tests.Tables;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace CipherWatch.Cli.Tests.Verbs;

/// <summary><c>detect</c> over the demo's telemetry: what it finds, and where that goes.</summary>
public sealed class DetectTests(AzuriteFixture azurite, DemoFolder demo) : IClassFixture<DemoFolder>, IDisposable
{
    private static readonly string[] SummaryFields =
    [
        "files", "bytes", "records", "observed", "skipped", "deadLettered", "observations", "entities", "operations", "processOperations",
        "flowOperations", "detections", "suppressed", "warnings", "elapsedMs", "bySource", "byAnalytic", "bySeverity",
    ];

    private readonly TemporaryFolder _folder = new();

    private string Telemetry => demo.Telemetry;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_summary_has_every_field_and_every_record_is_accounted_for()
    {
        string broken = _folder.Write("broken.json", "not telemetry\nnor this\n{\"a\":1}\n");
        JsonElement summary = (await Ran.Of("detect", Telemetry, broken, "--json")).Json;
        Assert.All(SummaryFields, field => Assert.True(summary.TryGetProperty(field, out _), field));
        Assert.Equal(13, summary.GetProperty("files").GetInt64());
        long records = summary.GetProperty("records").GetInt64();
        Assert.Equal(
            records,
            summary.GetProperty("observed").GetInt64() + summary.GetProperty("skipped").GetInt64() + summary.GetProperty("deadLettered").GetInt64());
        Assert.Equal(records, summary.GetProperty("bySource").EnumerateObject().Sum(source => source.Value.GetInt64()));
        Assert.Equal(3, summary.GetProperty("deadLettered").GetInt64());
        Assert.Equal(1, summary.GetProperty("byAnalytic").GetProperty("AN0400").GetInt64());
        Assert.Equal(
            summary.GetProperty("detections").GetInt64(),
            summary.GetProperty("bySeverity").EnumerateObject().Sum(severity => severity.Value.GetInt64()));
    }

    [Fact]
    public async Task Order_duplicates_batches_and_containers_leave_the_output_byte_for_byte_the_same()
    {
        string[] files = [.. Directory.GetFiles(Telemetry).Order(StringComparer.Ordinal)];
        byte[] expected = File.ReadAllBytes(demo.Detections);
        Assert.NotEmpty(expected);
        foreach (string batch in (string[])["1", "7", "1000"])
        {
            string[] inputs = [.. files.Reverse(), .. files];
            await Ran.Of(["detect", "--quiet", "--batch-size", batch, "--out", _folder["out"], .. inputs]);
            Assert.Equal(expected, File.ReadAllBytes(_folder["out"]));
        }

        byte[] zip = TemporaryFolder.Zip(true, [.. files.Reverse().Select(file => (Path.GetFileName(file), TemporaryFolder.Gzip(File.ReadAllBytes(file))))]);
        Ran ran = await Ran.With(new MemoryStream(zip), ["detect", "--quiet", "--out", "-", "-"]);
        Assert.Equal(expected, ran.OutputBytes);
    }

    [Fact]
    public async Task Lines_on_standard_output_stand_alone_and_a_summary_comes_last()
    {
        Ran lines = await Ran.Of("detect", Telemetry, "--out", "-");
        Assert.All(lines.Lines, line => Assert.StartsWith("{\"detectionId\":", line, StringComparison.Ordinal));
        Assert.Contains("audiorelay.exe", lines.Error, StringComparison.Ordinal);

        Ran both = await Ran.Of("detect", Telemetry, "--out", "-", "--json", "--quiet");
        Assert.Equal(lines.Lines, both.Lines[..^1]);
        Assert.StartsWith("{\"files\":", both.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_in_the_table_equal_the_lines_of_the_file()
    {
        foreach (int run in (int[])[1, 2])
        {
            Ran ran = await Ran.Of(
                "detect", Telemetry, "--quiet", "--table", azurite.ConnectionString, "--table-name", "DetectRun", "--out", _folder["out"]);
            Assert.Equal(ExitCode.Done, ran.Code);
        }

        TableClient table = new(azurite.ConnectionString, "DetectRun");
        Assert.Equal(
            File.ReadLines(_folder["out"]).Order(StringComparer.Ordinal),
            table.Query<TableEntity>().Select(TableContent.Read).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_sink_that_fails_is_1_and_the_others_get_theirs()
    {
        Ran ran = await Ran.Of(
            "detect", Telemetry, "--quiet", "--out", _folder["out"],
            "--table", azurite.ConnectionString.Replace("AccountKey=Eby8", "AccountKey=AAAA", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Contains("refused access", ran.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(demo.Detections), File.ReadAllBytes(_folder["out"]));
    }

    [Fact]
    public async Task An_output_that_cannot_be_created_is_1_before_anything_is_read()
    {
        Ran ran = await Ran.Of("detect", Telemetry, "--out", _folder["no/such/folder/out"]);
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Contains("cannot be written", ran.Error, StringComparison.Ordinal);
        Assert.Empty(ran.OutputBytes);
    }

    [Theory]
    [InlineData("--out")]
    [InlineData("--report")]
    [InlineData("--dead-letter")]
    public async Task An_input_is_never_written_over(string option)
    {
        string input = _folder.Write("x.json", Samples.Connections(3));
        Ran ran = await Ran.Of("detect", input, option, input);
        Assert.Equal(ExitCode.Usage, ran.Code);
        Assert.Equal(Samples.Connections(3), File.ReadAllBytes(input));
    }

    [Fact]
    public async Task Two_outputs_cannot_share_a_file()
    {
        Ran ran = await Ran.Of("detect", Telemetry, "--out", _folder["x"], "--report", _folder["x"]);
        Assert.Equal(ExitCode.Usage, ran.Code);
        Assert.False(File.Exists(_folder["x"]));
    }

    [Fact]
    public async Task Severity_can_be_asked_for_and_settings_change_what_is_found()
    {
        string settings = _folder.Write(
            "settings.json",
            """{ "EvidenceWeights": { "encryptedNoHandshake": 0, "fewDestinations": 0, "unsignedImage": 0, "beaconing": 0 } /* switched off */ }""");
        Ran all = await Ran.Of("detect", Telemetry, "--json", "--settings", settings);
        Assert.Equal(0, Count(all, "high"));
        Assert.Equal(1, Count(all, "medium"));
        Ran high = await Ran.Of("detect", Telemetry, "--json", "--settings", settings, "--min-severity", "high", "--out", _folder["out"]);
        Assert.Equal(0, high.Json.GetProperty("detections").GetInt32());
        Assert.Empty(File.ReadAllBytes(_folder["out"]));
    }

    [Fact]
    public async Task Settings_that_are_wrong_are_told_with_every_mistake()
    {
        Ran ran = await Ran.Of("detect", Telemetry, "--settings", _folder.Write("s.json", """{ "EntropyThreshold": "high", "NoSuchSetting": 1 }"""));
        Assert.Equal(ExitCode.Usage, ran.Code);
        Assert.Contains("EntropyThreshold", ran.Error, StringComparison.Ordinal);
        Assert.Contains("NoSuchSetting", ran.Error, StringComparison.Ordinal);

        Ran weights = await Ran.Of("detect", Telemetry, "--settings", _folder.Write("w.json", """{ "EvidenceWeights": { "unsignedImages": 0 } }"""));
        Assert.Equal(ExitCode.Usage, weights.Code);
        Assert.Contains("Did you mean 'unsignedImage'?", weights.Error, StringComparison.Ordinal);
    }

    private static int Count(Ran ran, string severity) =>
        ran.Json.GetProperty("bySeverity").TryGetProperty(severity, out JsonElement count) ? count.GetInt32() : 0;
}
