using System.Text.Json.Nodes;
using CipherWatch.Infra.Tests.Tools;

namespace CipherWatch.Infra.Tests.Sentinel;

/// <summary>The checks of queries fail where they should: shown once for each kind of mistake.</summary>
public class CheckerTests
{
    private const string Holds = "not(coalesce(Withdrawn, false)) and isempty(SupersededBy)";

    private static readonly Dictionary<string, string> Queries = new(StringComparer.Ordinal)
    {
        ["column"] = "CipherWatch | where Confidance > 3",
        ["type"] = "CipherWatch | where Confidence startswith \"a\"",
        ["function"] = "CipherWatch | extend A = nosuch(Confidence)",
        ["table"] = "union isfuzzy=true NoSuchTable",
        ["operator"] = "CipherWatch | make-series N = count() on TimeGenerated step 1h",
        ["scalar"] = "CipherWatch | extend A = hash(DetectionId)",
        ["aggregate"] = "CipherWatch | summarize A = variance(Confidence)",
        ["join"] = "CipherWatch | join kind=rightouter (CipherWatch) on DetectionId",
        ["never"] = "CipherWatch_CL | where TimeGenerated between (datetime(null) .. datetime(null))",
        ["right"] = $"CipherWatch_CL | summarize arg_max(Revision, *) by DetectionId | where {Holds}",
        ["trap"] = $"CipherWatch_CL | where {Holds} | summarize arg_max(Revision, *) by DetectionId",
    };

    private static readonly Lazy<IReadOnlyDictionary<string, KustoAnswer>> Answers = new(() => Scenario.Create().Run(Queries));

    [Theory]
    [InlineData("column", "KS142")]
    [InlineData("type", "KS106")]
    [InlineData("function", "KS211")]
    [InlineData("table", "KS205")]
    public void A_mistake_in_binding_is_reported(string name, string code) =>
        Assert.Contains(Answers.Value[name].Diagnostics, diagnostic => diagnostic.Contains(code, StringComparison.Ordinal));

    [Theory]
    [InlineData("operator", "MakeSeriesOperator")]
    [InlineData("scalar", "hash()")]
    [InlineData("aggregate", "variance()")]
    [InlineData("join", "rightouter")]
    public void What_the_evaluator_lacks_fails(string name, string lacking)
    {
        Assert.Empty(Answers.Value[name].Diagnostics);
        Assert.Contains(lacking, Answers.Value[name].Error, StringComparison.Ordinal);
    }

    /// <summary>A parser whose optional times are not tested for null finds nothing, and binds.</summary>
    [Fact]
    public void A_range_of_nulls_is_never_true() => Assert.Empty(Answers.Value["never"].Rows);

    /// <summary>Filtering before the latest revision is taken brings back what was withdrawn or superseded.</summary>
    [Fact]
    public void The_order_of_filter_and_latest_revision_matters() =>
        Assert.True(Answers.Value["trap"].Rows.Count > Answers.Value["right"].Rows.Count);

    [Fact]
    public void A_rule_says_a_revision_once_over_the_hours()
    {
        // The demo's latest revision came in twice within the last hour, and its older one long before: one row.
        IReadOnlyList<JsonObject> rows = Scenario.Create()
            .Run(new Dictionary<string, string> { ["rule"] = Texts.All()["rule/Joined"] })["rule"].Rows;
        Assert.Single(rows, row => row["DetectionId"]!.ToString() == Texts.Finding);
    }
}
