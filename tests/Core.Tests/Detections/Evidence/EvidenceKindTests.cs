using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CipherWatch.Core.Detections.Evidence;

namespace CipherWatch.Core.Tests.Detections.Evidence;

/// <summary>
/// The rows, and what is made of them: with the environment variable <c>CIPHERWATCH_UPDATE_GOLDEN=1</c> the table in the documentation
/// and the names in the schema are written instead of compared.
/// </summary>
public class EvidenceKindTests
{
    private const string UpdateSwitch = "CIPHERWATCH_UPDATE_GOLDEN";
    private const string Begin = "<!-- evidence: made of the rows of EvidenceKind.cs; a test keeps it so -->\n";
    private const string End = "<!-- /evidence -->\n";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static string Docs => Path.Combine(Repository.Root, "docs");

    [Fact]
    public void Every_kind_is_a_row_and_no_name_is_used_twice()
    {
        EvidenceKind[] fields = typeof(EvidenceKind).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => Assert.IsType<EvidenceKind>(field.GetValue(null))).ToArray();

        Assert.Equal(fields.Select(kind => kind.Name).Order(StringComparer.Ordinal), EvidenceKind.All.Select(kind => kind.Name).Order(StringComparer.Ordinal));
        Assert.Equal(EvidenceKind.All.Count, EvidenceKind.All.Select(kind => kind.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(EvidenceKind.All, kind =>
        {
            Assert.Matches("^[a-z][A-Za-z0-9]+$", kind.Name);
            Assert.InRange(kind.Weight, -100, 100);
            Assert.DoesNotContain("|", kind.Says, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_documentation_lists_the_rows()
    {
        StringBuilder table = new("| kind | weight | says |\n|---|---|---|\n");
        foreach (EvidenceKind kind in EvidenceKind.All)
        {
            string weight = kind.Weight.ToString(CultureInfo.InvariantCulture).Replace('-', '−');
            table.Append(CultureInfo.InvariantCulture, $"| `{kind.Name}` | {weight} | {kind.Says} |\n");
        }

        string path = Path.Combine(Docs, "settings.md");
        string text = File.ReadAllText(path);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = text.IndexOf(End, StringComparison.Ordinal);
        Compare(path, text, $"{text[..begin]}{table}{text[end..]}");
    }

    [Fact]
    public void The_schema_knows_the_names()
    {
        string path = Path.Combine(Docs, "schemas", "settings.schema.json");
        string text = File.ReadAllText(path);
        JsonNode schema = JsonNode.Parse(text)!;
        schema["properties"]!["EvidenceWeights"]!["propertyNames"] = new JsonObject { ["enum"] = Names() };
        schema["properties"]!["Suppressions"]!["items"]!["properties"]!["evidence"] = new JsonObject { ["enum"] = Names() };
        Compare(path, text, schema.ToJsonString(Indented) + "\n");
    }

    private static JsonArray Names() => new([.. EvidenceKind.All.Select(kind => JsonValue.Create(kind.Name))]);

    private static void Compare(string path, string recorded, string made)
    {
        if (Environment.GetEnvironmentVariable(UpdateSwitch) == "1")
        {
            File.WriteAllText(path, made);
            recorded = made;
        }

        Assert.True(recorded == made, $"{path} is not what the rows of EvidenceKind.cs give: record it with {UpdateSwitch}=1.");
    }
}
