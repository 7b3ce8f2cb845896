using System.Text;
using System.Text.Json;

namespace CipherWatch.Infra.Tests.Columns;

/// <summary>A column of the table of detections.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type as a collection rule writes it.</param>
/// <param name="From">Path in a detection's JSON; empty for what the writer adds.</param>
/// <param name="Description">What it holds.</param>
internal sealed record Column(string Name, string Type, string From, string Description)
{
    /// <summary>Type as Kusto writes it.</summary>
    public string KustoType => Type == "boolean" ? "bool" : Type;
}

/// <summary>The one list of columns, and what is generated from it.</summary>
internal sealed record ColumnList(string Table, string Stream, string Description, IReadOnlyList<Column> Columns)
{
    private const string Source = "infra/detections.columns.json";

    /// <summary>Reads the list.</summary>
    public static ColumnList Load()
    {
        using JsonDocument document = JsonDocument.Parse(Repository.Read(Source));
        JsonElement root = document.RootElement;
        return new(
            root.GetProperty("table").GetString()!, root.GetProperty("stream").GetString()!, root.GetProperty("description").GetString()!,
            [
                .. root.GetProperty("columns").EnumerateArray().Select(column => new Column(
                    column.GetProperty("name").GetString()!, column.GetProperty("type").GetString()!,
                    column.GetProperty("from").GetString()!, column.GetProperty("description").GetString()!)),
            ]);
    }

    /// <summary>Schema for Kusto's language service.</summary>
    public string KustoSchema => $"({string.Join(", ", Columns.Select(column => $"{column.Name}: {column.KustoType}"))})";

    /// <summary>The names for the serializer, as C#.</summary>
    public string ToCSharp()
    {
        StringBuilder text = new();
        text.Append($$"""
            namespace CipherWatch.Sinks.LogAnalytics;

            // Generated from {{Source}} (CIPHERWATCH_UPDATE_GOLDEN=1 writes it anew); a test compares the two.

            /// <summary>Columns of the table of detections in a workspace. Each is described in <c>docs/fields.md</c>.</summary>
            public static class DetectionColumns
            {
                /// <summary>The table.</summary>
                public const string Table = "{{Table}}";

                /// <summary>The stream of the collection rule.</summary>
                public const string Stream = "{{Stream}}";

            """);
        foreach (Column column in Columns)
        {
            string summary = column.Description.Replace("&", "&amp;", StringComparison.Ordinal);
            text.Append($"\n    /// <summary>{summary}</summary>\n    public const string {column.Name} = \"{column.Name}\";\n");
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>The page of fields.</summary>
    public string ToMarkdown()
    {
        StringBuilder text = new();
        text.Append($"""
            # Fields of `{Table}`

            {Description}

            Generated from [`{Source}`](../{Source}), which also makes the table, the stream `{Stream}` of the collection rule and the
            names in the app's serializer. Columns are added at the end and never renamed: a workspace keeps what was written under the
            old name.

            | column | type | from the detection's JSON | what it is |
            |---|---|---|---|

            """);
        foreach (Column column in Columns)
        {
            string from = column.From.Length > 0 ? $"`{column.From}`" : "–";
            text.Append($"| `{column.Name}` | {column.Type} | {from} | {column.Description} |\n");
        }

        return text.ToString();
    }

    /// <summary>The table's schema as the query checks of the Sentinel repository want it.</summary>
    public string ToValidationTable()
    {
        IEnumerable<string> lines = Columns.Select(column =>
            $"    {{ \"Name\": \"{column.Name}\", \"Type\": \"{ValidationType(column.KustoType)}\" }}");
        return $"{{\n  \"Name\": \"{Table}\",\n  \"Properties\": [\n{string.Join(",\n", lines)}\n  ]\n}}\n";
    }

    /// <summary>A type as those checks name it.</summary>
    public static string ValidationType(string type) => type switch
    {
        "bool" => "Bool",
        "datetime" => "DateTime",
        "dynamic" => "Dynamic",
        "int" => "Int",
        "long" => "Long",
        "real" => "Real",
        "string" => "String",
        _ => throw new InvalidOperationException($"No name for the type {type}."),
    };
}
