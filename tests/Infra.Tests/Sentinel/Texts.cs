using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace CipherWatch.Infra.Tests.Sentinel;

/// <summary>Every query text there is: rules, hunting queries, parser, workbook, connector, alerts.</summary>
internal static class Texts
{
    /// <summary>Folder of the solution.</summary>
    public const string Solution = "infra/sentinel/Solutions/CipherWatch";

    /// <summary>A detection to drill into: the demo's.</summary>
    public const string Finding = "747121f54e84283eb26a4e5f59b9e757";

    /// <summary>What stands for the workbook's parameters.</summary>
    private static readonly (string Parameter, string Value)[] Parameters =
        [("{TimeRange:grain}", "1h"), ("{TimeRange}", "> ago(7d)"), ("{Suppressed}", "false"), ("{Finding}", Finding)];

    /// <summary>Rules of a folder, by file name.</summary>
    public static IReadOnlyDictionary<string, YamlMappingNode> Yaml(string folder) =>
        Directory.EnumerateFiles(Repository.PathOf($"{Solution}/{folder}"), "*.yaml").Order(StringComparer.Ordinal)
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file), Load, StringComparer.Ordinal);

    /// <summary>The parser.</summary>
    public static YamlMappingNode Parser => Yaml("Parsers")["CipherWatch"];

    /// <summary>Parameters of the parser, as its function declares them.</summary>
    public static string ParserParameters => string.Join(
        ", ", ((YamlSequenceNode)Parser["ParserParams"]).Select(each => $"{each["Name"]}:{each["Type"]}={each["Default"]}"));

    /// <summary>All texts by name, with the workbook's parameters replaced.</summary>
    public static IReadOnlyDictionary<string, string> All()
    {
        Dictionary<string, string> texts = new(StringComparer.Ordinal) { ["parser/CipherWatch"] = "CipherWatch" };
        texts["parser/CipherWatch since"] = "CipherWatch(ago(12h))\n| project DetectionId, Revision\n| order by DetectionId asc";
        foreach ((string name, YamlMappingNode rule) in Yaml("Analytic Rules"))
        {
            texts[$"rule/{name}"] = rule["query"].ToString();
        }

        foreach ((string name, YamlMappingNode query) in Yaml("Hunting Queries"))
        {
            texts[$"hunting/{name}"] = query["query"].ToString();
        }

        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("infra/alerts"), "*.kql").Order(StringComparer.Ordinal))
        {
            texts[$"alert/{Path.GetFileNameWithoutExtension(file)}"] = File.ReadAllText(file);
        }

        foreach (JsonNode? item in Workbook["items"]!.AsArray())
        {
            if (item!["content"]?["query"]?.ToString() is { } query)
            {
                texts[$"workbook/{item["name"]}"] = Parameters.Aggregate(query, (text, each) =>
                    text.Replace(each.Parameter, each.Value, StringComparison.Ordinal));
            }
        }

        JsonNode connector = JsonNode.Parse(Repository.Read($"{Solution}/Data Connectors/CipherWatch.json"))!;
        texts["connector/graph"] = connector["graphQueries"]![0]!["baseQuery"]!.ToString();
        texts["connector/sample"] = connector["sampleQueries"]![0]!["query"]!.ToString();
        texts["connector/last"] = connector["dataTypes"]![0]!["lastDataReceivedQuery"]!.ToString();
        texts["connector/connected"] = connector["connectivityCriterias"]![0]!["value"]![0]!.ToString();
        return texts;
    }

    /// <summary>The workbook.</summary>
    public static JsonNode Workbook => JsonNode.Parse(Repository.Read($"{Solution}/Workbooks/CipherWatchWorkbook.json"))!;

    private static YamlMappingNode Load(string file)
    {
        YamlStream stream = [];
        using StreamReader reader = new(file);
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }
}
