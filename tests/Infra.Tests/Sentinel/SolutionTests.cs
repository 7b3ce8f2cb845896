using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CipherWatch.Infra.Tests.Columns;
using CipherWatch.Infra.Tests.Tools;
using YamlDotNet.RepresentationModel;

namespace CipherWatch.Infra.Tests.Sentinel;

/// <summary>The solution keeps the rules of the Microsoft Sentinel repository's validators, and those of the service.</summary>
public class SolutionTests
{
    private static readonly Lazy<IReadOnlyDictionary<string, KustoAnswer>> Answers = new(() => Scenario.Create().Run(Texts.All()));

    public static TheoryData<string> Rules => [.. Texts.Yaml("Analytic Rules").Keys];

    public static TheoryData<string> Hunts => [.. Texts.Yaml("Hunting Queries").Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_keeps_to_the_fields(string name)
    {
        YamlMappingNode rule = Texts.Yaml("Analytic Rules")[name];
        Assert.Empty(RuleFields.Violations(rule));
        Assert.Empty(RuleFields.UnknownColumns(rule, Answers.Value[$"rule/{name}"].Columns));
    }

    [Theory]
    [MemberData(nameof(Hunts))]
    public void A_hunting_query_keeps_to_the_fields(string name) =>
        Assert.Empty(RuleFields.CommonViolations(Texts.Yaml("Hunting Queries")[name]));

    [Fact]
    public void There_is_a_rule_for_each_analytic_and_one_for_joined_evidence() =>
        Assert.Equal(["AN0400", "AN0401", "AN0402", "AN0403", "AN0404", "Joined"], Texts.Yaml("Analytic Rules").Keys);

    [Fact]
    public void Ids_are_unique()
    {
        string[] ids = [.. new[] { "Analytic Rules", "Hunting Queries", "Parsers" }.SelectMany(folder => Texts.Yaml(folder).Values)
            .Select(each => each["id"].ToString())];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(Guid.TryParse(id, out _), id));
    }

    /// <summary>An id is the identity of what customers have: it never changes.</summary>
    [Fact]
    public void Ids_are_those_that_were_published()
    {
        string actual = string.Concat(new[] { "Analytic Rules", "Hunting Queries", "Parsers" }.SelectMany(folder => Texts.Yaml(folder)
            .Select(each => $"{folder}/{each.Key} {each.Value["id"]}\n")));
        Generated.Check("tests/Golden/sentinel/published-ids.txt", actual);
    }

    /// <summary>Each shown to fail: the field, a bad value, and what is said.</summary>
    [Theory]
    [InlineData("severity", "Critical", "severity")]
    [InlineData("queryPeriod", "15d", "queryPeriod")]
    [InlineData("queryFrequency", "30m", "long period")]
    [InlineData("triggerOperator", "GreaterThan", "triggerOperator")]
    [InlineData("id", "one", "id")]
    [InlineData("version", "1.0", "version")]
    [InlineData("status", "Preview", "status")]
    [InlineData("name", "Sentinel rule", "Microsoft Sentinel")]
    [InlineData("description", "Finds things", "Identifies")]
    [InlineData("query", "", "query")]
    public void A_bad_field_is_reported(string field, string value, string reported)
    {
        YamlMappingNode rule = Texts.Yaml("Analytic Rules")["AN0400"];
        rule.Children[new YamlScalarNode(field)] = new YamlScalarNode(value);
        Assert.Contains(RuleFields.Violations(rule), line => line.Contains(reported, StringComparison.Ordinal));
    }

    [Fact]
    public void A_column_that_the_query_does_not_give_is_reported()
    {
        YamlMappingNode rule = Texts.Yaml("Analytic Rules")["AN0400"];
        ((YamlMappingNode)rule["customDetails"]).Add("Extra", "NoSuchColumn");
        Assert.Contains(RuleFields.UnknownColumns(rule, Answers.Value["rule/AN0400"].Columns), line =>
            line.Contains("NoSuchColumn", StringComparison.Ordinal));
    }

    [Fact]
    public void The_list_of_the_solution_names_every_file()
    {
        JsonNode solution = JsonNode.Parse(Repository.Read($"{Texts.Solution}/Data/Solution_CipherWatch.json"))!;
        string[] listed = [.. new[] { "Analytic Rules", "Hunting Queries", "Parsers", "Workbooks", "Data Connectors", "Watchlists" }
            .SelectMany(kind => solution[kind]!.AsArray().Select(file => file!.ToString())).Order(StringComparer.Ordinal)];
        string root = Repository.PathOf(Texts.Solution);
        string[] there = [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(file => file.Contains('/', StringComparison.Ordinal) && !file.StartsWith("Data/", StringComparison.Ordinal)
            && !file.EndsWith(".csv", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
        Assert.Equal(there, listed);
        Assert.False(solution["Is1PConnector"]!.GetValue<bool>());
        Assert.Equal("SolutionMetadata.json", solution["Metadata"]!.ToString());
    }

    [Fact]
    public void The_templates_load_every_rule_and_query()
    {
        string bicep = Repository.Read("infra/sentinel/sentinel.bicep");
        Assert.All(new[] { "Analytic Rules", "Hunting Queries", "Parsers" }, folder => Assert.All(Texts.Yaml(folder).Keys,
            name => Assert.Contains($"'Solutions/CipherWatch/{folder}/{name}.yaml'", bicep, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_metadata_is_what_the_store_takes()
    {
        JsonNode metadata = JsonNode.Parse(Repository.Read($"{Texts.Solution}/SolutionMetadata.json"))!;
        string id = $"{metadata["publisherId"]}.{metadata["offerId"]}";
        Assert.Equal(id.ToLowerInvariant(), id);
        Assert.Matches(@"^\d{4}-\d\d-\d\d$", metadata["firstPublishDate"]!.ToString());
        Assert.Contains(metadata["support"]!["tier"]!.ToString(), (string[])["Microsoft", "Partner", "Community"]);
        Assert.Subset(
            new HashSet<string> { "Security - Threat Protection", "Security - Network" },
            metadata["categories"]!["domains"]!.AsArray().Select(each => each!.ToString()).ToHashSet());
    }

    [Fact]
    public void The_connector_needs_an_identity_and_no_key()
    {
        string text = Repository.Read($"{Texts.Solution}/Data Connectors/CipherWatch.json");
        JsonNode connector = JsonNode.Parse(text)!;
        Assert.EndsWith("_CL", connector["dataTypes"]![0]!["name"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("Azure Monitor Logs Ingestion API", connector["permissions"]!["customs"]![0]!["name"]!.ToString());
        Assert.DoesNotContain("sharedKeys", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_workbook_is_a_template_of_ours()
    {
        JsonNode workbook = Texts.Workbook;
        Assert.EndsWith("schema/workbook.json", workbook["$schema"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("Notebook/1.0", workbook["version"]!.ToString());
        Assert.NotEqual("sentinel-UserWorkbook", workbook["fromTemplateId"]!.ToString());
        Assert.DoesNotContain("/subscriptions/", workbook.ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_watchlist_is_small_and_is_the_one_that_is_deployed()
    {
        string csv = Repository.Read($"{Texts.Solution}/Watchlists/CipherWatchSuppressions/CipherWatchSuppressions.csv");
        JsonNode template = JsonNode.Parse(Repository.Read($"{Texts.Solution}/Watchlists/CipherWatchSuppressions/watchlist.json"))!;
        Assert.Equal(csv, template["resources"]![0]!["properties"]!["rawContent"]!.ToString());
        Assert.All(csv.Split('\n'), line => Assert.True(line.Length <= 10_240));
        Assert.StartsWith("SearchKey,", csv, StringComparison.Ordinal);
    }

    [Fact]
    public void The_repository_of_Sentinel_gets_the_columns_of_the_parser()
    {
        JsonArray columns = [.. Answers.Value["parser/CipherWatch"].Columns.Select(each => each.Split(": "))
            .Select(each => (JsonNode)new JsonObject
        {
            ["Name"] = each[0], ["Type"] = ColumnList.ValidationType(each[1]),
        })];
        JsonArray parameters = [.. ((YamlSequenceNode)Texts.Parser["ParserParams"]).Select(each => (JsonNode)new JsonObject
        {
            ["Name"] = each["Name"].ToString(), ["Type"] = ColumnList.ValidationType(each["Type"].ToString()), ["IsRequired"] = false,
        })];
        JsonObject function = new()
        {
            ["FunctionName"] = "CipherWatch",
            ["FunctionParameters"] = parameters,
            ["FunctionResultColumns"] = columns
        };
        Generated.Check("infra/sentinel/KqlvalidationsTests/CustomFunctions/CipherWatch.json",
            function.ToJsonString(new() { WriteIndented = true }) + "\n");
    }

    [Fact]
    public void All_of_it_is_ascii()
    {
        Assert.All(Directory.EnumerateFiles(Repository.PathOf("infra/sentinel/Solutions"), "*", SearchOption.AllDirectories),
            file => Assert.True(File.ReadAllText(file).All(char.IsAscii), file));
        Assert.All(Directory.EnumerateFiles(Repository.PathOf("infra/sentinel/Solutions"), "*", SearchOption.AllDirectories),
            file => Assert.DoesNotMatch(new Regex(@"learn\.microsoft\.com/[a-z]{2}-[a-z]{2}/"), File.ReadAllText(file)));
    }
}
