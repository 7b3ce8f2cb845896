using System.Text.Json.Nodes;
using CipherWatch.Infra.Tests.Columns;
using CipherWatch.Infra.Tests.Tools;

namespace CipherWatch.Infra.Tests.Sentinel;

/// <summary>
/// Parser and rules return what the local runner says of the same records: the demo, a simulated fleet, and the corpus where it is there.
/// </summary>
public class RunnerTests
{
    private static readonly string Runner = Path.Join(AppContext.BaseDirectory, "cipherwatch.dll");

    [Fact]
    public void The_demo_says_what_was_recorded()
    {
        string folder = Directory.CreateTempSubdirectory("cipherwatch-").FullName;
        try
        {
            Ran ran = Tool.Run("dotnet", [Runner, "demo", "--quiet", "--out-dir", folder]);
            Assert.True(ran.ExitCode == 0, ran.Error);
            Generated.Check(Scenario.Demo, File.ReadAllText(Path.Join(folder, "detections.ndjson")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Queries_return_what_the_runner_says_of_the_demo() => Compare(SentinelWorkspace.Lines(Scenario.Demo));

    /// <summary>Findings of every platform: of a simulated fleet with every kind of implant, as a workspace would get them.</summary>
    [Fact]
    public void Queries_return_what_the_runner_says_of_a_fleet_of_five_platforms()
    {
        string folder = Directory.CreateTempSubdirectory("cipherwatch-").FullName;
        try
        {
            string fleet = Path.Join(folder, "fleet");
            Ran simulated = Tool.Run("dotnet", [Runner, "simulate", "--hosts", "60", "--implants", "all:1", "--seed", "7", "--out", fleet, "--quiet"]);
            Assert.True(simulated.ExitCode == 0, simulated.Error);
            Ran ran = Tool.Run(
                "dotnet", [Runner, "detect", fleet, "--settings", Path.Join(fleet, "inventory.json"), "--quiet", "--out", "-"]);
            Assert.True(ran.ExitCode == 0, ran.Error);
            JsonArray detections = SentinelWorkspace.Parse(ran.Output);
            Assert.Equal(
                ["AN0400", "AN0401", "AN0402", "AN0403", "AN0404"],
                detections.Select(detection => detection!["analyticId"]!.ToString()).Distinct().Order(StringComparer.Ordinal));
            Compare(detections);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Parts of the corpus that hold findings of hosts and of the network.</summary>
    [Theory]
    [InlineData("windows/sysmon-nxlog-json/psh_*.gz")]
    [InlineData("windows/sysmon-nxlog-json/covenant_*2020-09-*.gz")]
    [InlineData("pcap")]
    public void Queries_return_what_the_runner_says_of_the_corpus(string part)
    {
        if (Repository.Corpus is not { } corpus)
        {
            Assert.Skip("There is no shared/corpus beside the repository.");
            return;
        }

        Ran ran = Tool.Run("dotnet", [Runner, "detect", Path.Join(corpus, part), "--quiet", "--out", "-"]);
        Assert.True(ran.ExitCode is 0 or 1, ran.Error);
        JsonArray detections = SentinelWorkspace.Parse(ran.Output);
        Assert.NotEmpty(detections);
        Compare(detections);
    }

    private static void Compare(JsonArray detections)
    {
        SentinelWorkspace workspace = new();
        foreach (JsonNode? detection in detections)
        {
            workspace.Add(detection!.AsObject(), "2026-03-10T23:30:00Z");
        }

        Dictionary<string, string> queries = new(StringComparer.Ordinal)
        {
            ["parser"] = Texts.All()["parser/CipherWatch"],
        };
        foreach (string rule in Texts.Yaml("Analytic Rules").Keys)
        {
            queries[rule] = Texts.All()[$"rule/{rule}"];
        }

        IReadOnlyDictionary<string, KustoAnswer> answers = workspace.Run(queries);
        Assert.All(answers.Values, answer => Assert.Null(answer.Error));

        string[] said = [.. detections.Where(detection => detection!["supersededBy"] is null && detection["suppressed"] is null
            && detection["withdrawn"] is null)
            .Select(detection => Line(detection!, "detectionId", "analyticId", "severity", "confidence", "title"))
            .Order(StringComparer.Ordinal)];
        string[] returned = [.. answers["parser"]
            .Rows.Select(row => Line(row, "DetectionId", "AnalyticId", "Severity", "Confidence", "EventMessage"))
            .Order(StringComparer.Ordinal)];
        Assert.Equal(said, returned);

        // Every finding alerts by one rule and no more.
        string[] alerted = [.. Texts.Yaml("Analytic Rules").Keys.SelectMany(rule => answers[rule].Rows)
            .Select(row => Line(row, "DetectionId", "AnalyticId", "Severity", "Confidence", "EventMessage")).Order(StringComparer.Ordinal)];
        Assert.Equal(said, alerted);
    }

    private static string Line(JsonNode from, params string[] fields) => string.Join(' ', fields.Select(field => from[field]!.ToString()));
}
