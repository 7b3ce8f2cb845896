using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace CipherWatch.Infra.Tests.Sentinel;

/// <summary>The fields of a rule or query, as the Microsoft Sentinel repository's validators and the service want them.</summary>
internal static partial class RuleFields
{
    private static readonly string[] Severities = ["Informational", "Low", "Medium", "High"];
    private static readonly string[] Operators = ["gt", "lt", "eq", "ne"];

    /// <summary>Identifiers of which a mapping needs at least one of the first list; the second list may come beside.</summary>
    private static readonly Dictionary<string, (string[] Strong, string[] Others)> Entities = new(StringComparer.Ordinal)
    {
        ["Host"] = (["HostName", "FullName", "NetBiosName", "AzureID"], ["DnsDomain", "NTDomain", "OSFamily"]),
        ["Process"] = (["CommandLine", "ProcessId"], ["CreationTimeUtc"]),
        ["IP"] = (["Address"], []),
        ["Account"] = (["Name", "FullName", "Sid"], ["NTDomain", "UPNSuffix"]),
        ["File"] = (["Name"], ["Directory"]),
        ["FileHash"] = (["Algorithm", "Value"], []),
        ["DNS"] = (["DomainName"], []),
        ["URL"] = (["Url"], []),
    };

    /// <summary>What is wrong with an analytics rule.</summary>
    public static IEnumerable<string> Violations(YamlMappingNode rule)
    {
        foreach (string violation in CommonViolations(rule))
        {
            yield return violation;
        }

        if (!Severities.Contains(Text(rule, "severity")))
        {
            yield return $"severity is {Text(rule, "severity")}";
        }

        if (Text(rule, "kind") != "Scheduled" || Text(rule, "status") != "Available")
        {
            yield return "kind is not Scheduled, or status is not Available";
        }

        if (!Operators.Contains(Text(rule, "triggerOperator")) || !int.TryParse(Text(rule, "triggerThreshold"), out int threshold)
            || threshold is < 0 or > 10_000)
        {
            yield return "triggerOperator or triggerThreshold is out of range";
        }

        TimeSpan frequency = Duration(Text(rule, "queryFrequency")), period = Duration(Text(rule, "queryPeriod"));
        TimeSpan least = TimeSpan.FromMinutes(5), most = TimeSpan.FromDays(14);
        if (frequency < least || frequency > most || period < least || period > most || period < frequency)
        {
            yield return $"queryFrequency {frequency} or queryPeriod {period} is out of range";
        }

        if (period >= TimeSpan.FromDays(2) && frequency < TimeSpan.FromHours(1))
        {
            yield return "a long period needs an hour between runs at least";
        }

        foreach (string violation in Details(rule).Concat(Mappings(rule)))
        {
            yield return violation;
        }
    }

    /// <summary>What is wrong with the fields that rules and hunting queries share.</summary>
    public static IEnumerable<string> CommonViolations(YamlMappingNode rule)
    {
        if (!Guid.TryParse(Text(rule, "id"), out _))
        {
            yield return "id is no GUID";
        }

        string name = Text(rule, "name"), description = Text(rule, "description"), query = Text(rule, "query");
        if (name.Length is 0 or > 100)
        {
            yield return "name is empty or over 100 characters";
        }

        if (Sentinel().IsMatch(name) || Sentinel().IsMatch(description))
        {
            yield return "write Microsoft Sentinel, not Sentinel";
        }

        if (description.Length > 5_000 || !description.StartsWith("Identifies", StringComparison.Ordinal))
        {
            yield return "description does not start with Identifies, or is over 5,000 characters";
        }

        if (query.Length is 0 or > 10_000)
        {
            yield return "query is empty or over 10,000 characters";
        }

        if (!Version().IsMatch(Text(rule, "version")))
        {
            yield return "version is not x.y.z";
        }

        if (List(rule, "tactics") is not ["CommandAndControl"] || List(rule, "relevantTechniques") is not ["T1573.001"])
        {
            yield return "tactics or techniques are not CommandAndControl and T1573.001";
        }

        if (!rule.Children.ContainsKey(new YamlScalarNode("requiredDataConnectors")))
        {
            yield return "requiredDataConnectors is missing";
        }
    }

    /// <summary>Columns that mappings and details name and the query does not give.</summary>
    public static IEnumerable<string> UnknownColumns(YamlMappingNode rule, IReadOnlyList<string> columns)
    {
        HashSet<string> known = [.. columns.Select(column => column.Split(':')[0])];
        IEnumerable<string> details = ((YamlMappingNode)rule["customDetails"]).Select(pair => pair.Value.ToString());
        IEnumerable<string> mapped = ((YamlSequenceNode)rule["entityMappings"])
            .SelectMany(mapping => (YamlSequenceNode)mapping["fieldMappings"])
            .Select(field => field["columnName"].ToString());
        YamlNode alert = rule["alertDetailsOverride"];
        IEnumerable<string> overridden = Placeholder().Matches(alert["alertDisplayNameFormat"].ToString())
            .Select(match => match.Groups[1].Value)
            .Append(alert["alertSeverityColumnName"].ToString());
        return details.Concat(mapped).Concat(overridden).Where(column => !known.Contains(column))
            .Select(column => $"{column} is no column of the query");
    }

    private static IEnumerable<string> Details(YamlMappingNode rule)
    {
        YamlMappingNode details = (YamlMappingNode)rule["customDetails"];
        if (details.Children.Count > 20)
        {
            yield return "more than 20 customDetails";
        }

        foreach ((YamlNode key, _) in details)
        {
            if (!Detail().IsMatch(key.ToString()))
            {
                yield return $"customDetails: {key} is no key";
            }
        }
    }

    private static IEnumerable<string> Mappings(YamlMappingNode rule)
    {
        YamlSequenceNode mappings = (YamlSequenceNode)rule["entityMappings"];
        if (mappings.Children.Count is 0 or > 10)
        {
            yield return "no entityMappings, or more than 10";
        }

        foreach (YamlNode mapping in mappings)
        {
            string type = mapping["entityType"].ToString();
            string[] fields = [.. ((YamlSequenceNode)mapping["fieldMappings"]).Select(field => field["identifier"].ToString())];
            if (!Entities.TryGetValue(type, out (string[] Strong, string[] Others) entity) || fields.Length is 0 or > 3
                || !fields.Any(entity.Strong.Contains)
                || !fields.All(field => entity.Strong.Contains(field) || entity.Others.Contains(field)))
            {
                yield return $"entityMappings: {type} by {string.Join(", ", fields)}";
            }
            else if (type == "FileHash" && fields.Length != 2)
            {
                yield return "entityMappings: FileHash needs Algorithm and Value";
            }
        }
    }

    private static string Text(YamlMappingNode rule, string field) =>
        rule.Children.TryGetValue(new YamlScalarNode(field), out YamlNode? node) ? node.ToString() : string.Empty;

    private static string[] List(YamlMappingNode rule, string field) =>
        [.. ((YamlSequenceNode)rule[field]).Select(each => each.ToString())];

    private static TimeSpan Duration(string text) => !int.TryParse(text.AsSpan(0, Math.Max(text.Length - 1, 0)), out int number)
        ? TimeSpan.Zero : text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => TimeSpan.Zero,
        };

    [GeneratedRegex(@"^\d+\.\d+\.\d+$")]
    private static partial Regex Version();

    [GeneratedRegex(@"^[a-zA-Z]\w{0,19}$")]
    private static partial Regex Detail();

    [GeneratedRegex(@"(?<!Microsoft )Sentinel\b")]
    private static partial Regex Sentinel();

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();
}
