using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CipherWatch.Infra.Tests.Columns;
using CipherWatch.Infra.Tests.Tools;

namespace CipherWatch.Infra.Tests.Sentinel;

/// <summary>
/// Every query text parses, binds and runs over the day of <see cref="Scenario"/>, and gives what is on record under
/// <c>tests/Golden/sentinel/expected</c> (<c>CIPHERWATCH_UPDATE_GOLDEN=1</c> records it anew).
/// </summary>
public class QueryTests
{
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Lazy<IReadOnlyDictionary<string, KustoAnswer>> Answers = new(() => Scenario.Create().Run(Texts.All()));

    public static TheoryData<string> Names => [.. Texts.All().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_query_binds_and_gives_what_was_recorded(string name)
    {
        KustoAnswer answer = Answers.Value[name];
        Assert.Empty(answer.Diagnostics);
        Assert.True(answer.Error is null, $"The evaluator lacks something: {answer.Error}");
        StringBuilder text = new();
        text.Append(string.Join(", ", answer.Columns)).Append('\n');
        foreach (JsonObject row in answer.Rows)
        {
            text.Append(row.ToJsonString(AsWritten)).Append('\n');
        }

        Generated.Check($"tests/Golden/sentinel/expected/{name.Replace(' ', '-')}.txt", text.ToString());
    }

    [Fact]
    public void Every_record_is_of_a_query_that_there_is()
    {
        string folder = Repository.PathOf("tests/Golden/sentinel/expected");
        Assert.Equal(
            Texts.All().Keys.Select(name => $"{name.Replace(' ', '-')}.txt").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_tile_and_no_rule_is_shown_by_nothing()
    {
        // Nothing to say of the day is a recorded answer only where the scenario has nothing of the kind.
        string[] silent = [.. Answers.Value.Where(answer => answer.Value.Rows.Count == 0).Select(answer => answer.Key)
            .Order(StringComparer.Ordinal)];
        Assert.Equal(["rule/AN0402"], silent);
    }
}
