using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CipherWatch.Infra.Tests.Templates;

namespace CipherWatch.Infra.Tests.Columns;

/// <summary>One list makes table, stream, schema, serializer and page; they cannot part.</summary>
public partial class ColumnTests
{
    private static readonly ColumnList List = ColumnList.Load();

    /// <summary>Names that the service keeps for itself.</summary>
    private static readonly string[] Reserved = ["id", "Title", "Type", "TenantId", "UniqueId", "_ResourceId", "_SubscriptionId"];

    [Fact]
    public void Names_are_ones_that_the_service_takes()
    {
        Assert.All(List.Columns, column => Assert.Matches(Name(), column.Name));
        Assert.Empty(List.Columns.Select(column => column.Name).Intersect(Reserved, StringComparer.OrdinalIgnoreCase));
        Assert.Equal(List.Columns.Count, List.Columns.Select(column => column.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal("TimeGenerated", List.Columns[0].Name);
        Assert.EndsWith("_CL", List.Table, StringComparison.Ordinal);
        Assert.Equal($"Custom-{List.Table}", List.Stream);
    }

    [Fact]
    public void The_serializer_has_the_names() => Generated.Check("src/Sinks/LogAnalytics/DetectionColumns.cs", List.ToCSharp());

    [Fact]
    public void The_page_describes_them() => Generated.Check("docs/fields.md", List.ToMarkdown());

    [Fact]
    public void The_repository_of_Sentinel_gets_the_schema() =>
        Generated.Check("infra/sentinel/KqlvalidationsTests/CustomTables/CipherWatch_CL.json", List.ToValidationTable());

    [Theory]
    [MemberData(nameof(Predicted.Names), MemberType = typeof(Predicted))]
    public void Table_and_stream_that_are_deployed_have_them(string name)
    {
        Assert.Equal(Expected("dateTime"), Table(Predicted.Of(name)));
        Assert.Equal(Expected("datetime"), Stream(Predicted.Of(name)));
    }

    /// <summary>What is broken, and that it is seen.</summary>
    [Fact]
    public void A_column_that_is_missing_in_the_table_is_reported() =>
        Assert.NotEqual(Expected("dateTime"),
            Table(Predicted.Of("newWorkspace", ("\"name\": \"SupersededBy\"", "\"name\": \"Superseded\""))));

    private static IEnumerable<string> Expected(string time) =>
        List.Columns.Select(column => $"{column.Name}: {(column.Type == "datetime" ? time : column.Type)}");

    private static IEnumerable<string> Table(Predicted deployment) => Columns(deployment.Resources
        .Single(resource => resource.Type == "Microsoft.OperationalInsights/workspaces/tables" && resource.Name == List.Table)
        .Body["properties"]!["schema"]!["columns"]!);

    private static IEnumerable<string> Stream(Predicted deployment) => Columns(deployment.Resources
        .Single(resource => resource.Type == "Microsoft.Insights/dataCollectionRules" && resource.At("kind") == "Direct")
        .Body["properties"]!["streamDeclarations"]![List.Stream]!["columns"]!);

    private static IEnumerable<string> Columns(JsonNode columns) => columns.AsArray()
        .Select(column => $"{column!["name"]}: {column["type"]}");

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,44}$")]
    private static partial Regex Name();
}
