using System.Text;
using System.Text.Json;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Core.Tests.Detections.Settings;

/// <summary>What is added to a settings file is all that changes in it.</summary>
public class SettingsTextTests
{
    [Theory]
    [InlineData("", "{\n  \"Suppressions\": [\n    E\n  ]\n}\n")]
    [InlineData("{}", "{\n  \"Suppressions\": [\n    E\n  ]\n}")]
    [InlineData("{ \"EntropyThreshold\": 7.2, }", "{ \"EntropyThreshold\": 7.2,\n  \"Suppressions\": [\n    E\n  ]\n}")]
    [InlineData("{\n  \"Suppressions\": [\n    A // why\n  ]\n}\n", "{\n  \"Suppressions\": [\n    A, // why\n    E\n  ]\n}\n")]
    [InlineData("{\n  \"Suppressions\": [\n    A, /* , */\n  ], // end\n}\n", "{\n  \"Suppressions\": [\n    A, /* , */\n    E\n  ], // end\n}\n")]
    [InlineData("{ \"Suppressions\": [] }", "{ \"Suppressions\": [\n    E\n  ] }")]
    [InlineData("{\n  \"Suppressions\": [\n    // none yet\n  ]\n}\n", "{\n  \"Suppressions\": [\n    // none yet\n    E\n  ]\n}\n")]
    public void All_else_stays_as_it_is(string before, string expected)
    {
        const string A = "{ \"process\": \"a\", \"reason\": \"]}\" }", E = "{ \"process\": \"e\", \"reason\": \"r\" }";
        byte[] edited = SettingsText.AddSuppression(Encoding.UTF8.GetBytes(before.Replace("A", A, StringComparison.Ordinal)), E);
        Assert.Equal(expected.Replace("A", A, StringComparison.Ordinal).Replace("    E\n", $"    {E}\n", StringComparison.Ordinal), Encoding.UTF8.GetString(edited));
        Assert.True(SettingsFile.TryLoad(edited, out DetectionSettings settings, out _));
        Assert.Equal("e", settings.Suppressions[^1].Process?.Pattern);
    }

    [Fact]
    public void However_a_file_is_written_one_entry_more_is_all_that_changes()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            AssertOnlyAdded(new(seed));
        }
    }

    private static void AssertOnlyAdded(Random random)
    {
        int entries = random.Next(4);
        bool trailing = random.Next(2) == 0, windows = random.Next(2) == 0, mark = random.Next(2) == 0;
        string Space() => random.Next(6) switch
        {
            0 => "\n",
            1 => " // it's ] } , \"\n",
            2 => "/* [ { , */",
            3 => "\t",
            4 => "\n\n  ",
            _ => " ",
        };
        StringBuilder text = new();
        text.Append(mark ? "\uFEFF{" : "{").Append(Space()).Append("\"EntropyThreshold\":").Append(Space()).Append("7.2").Append(Space());
        if (entries % 4 > 0)
        {
            text.Append(',').Append(Space()).Append("\"Suppressions\": [").Append(Space());
            text.AppendJoin("," + Space(), Enumerable.Range(0, (entries % 4) - 1).Select(number => $$"""{"process":"p{{number}}"{{Space()}},"reason":"r"}{{Space()}}"""));
            text.Append(trailing && entries % 4 > 1 ? "," : string.Empty).Append(Space()).Append(']').Append(Space());
        }

        text.Append(trailing ? "," : string.Empty).Append(Space()).Append('}').Append(Space());
        byte[] before = Encoding.UTF8.GetBytes(windows ? text.ToString().ReplaceLineEndings("\r\n") : text.ToString());
        Assert.True(SettingsFile.TryLoad(before, out DetectionSettings was, out _));
        byte[] after = SettingsText.AddSuppression(before, """{ "process": "e", "reason": "r" }""");
        Assert.True(SettingsFile.TryLoad(after, out DetectionSettings now, out IReadOnlyList<string> errors), string.Join('\n', errors) + Encoding.UTF8.GetString(after));
        Assert.Equal(was.Suppressions.Length + 1, now.Suppressions.Length);
        Assert.Equal(was.Suppressions, now.Suppressions[..^1]);

        // Nothing is lost, blanks before a bracket aside: what was there is a subsequence of what is there now.
        byte[] told = [.. before.Where(value => !" \t\r\n"u8.Contains(value))];
        int at = 0;
        foreach (byte value in after)
        {
            at += at < told.Length && told[at] == value ? 1 : 0;
        }

        Assert.True(at == told.Length, Encoding.UTF8.GetString(after));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ /* nothing */ }")]
    [InlineData("\uFEFF{ \"TimeWindow\": \"00:05:00\" }")]
    [InlineData("{ \"Suppressions\": [ { \"process\": \"a\", \"reason\": \"old\" } ], \"TimeWindow\": \"00:05:00\" }")]
    [InlineData("{ \"HostAddresses\": { \"Suppressions\": [\"10.0.0.1\"] }, // not this one\n \"Suppressions\": [ // this\n ] }")]
    public void It_is_the_last_of_the_list_and_the_rest_stays(string file)
    {
        Assert.True(SettingsFile.TryLoad(Encoding.UTF8.GetBytes(file.Length == 0 ? "{}" : file), out DetectionSettings before, out _));
        byte[] added = SettingsText.AddSuppression(Encoding.UTF8.GetBytes(file), """{ "process": "*\\upd.exe", "reason": "new" }""");
        Assert.True(SettingsFile.TryLoad(added, out DetectionSettings after, out IReadOnlyList<string> errors), string.Join(' ', errors));
        Assert.Equal([.. before.Suppressions.Select(each => each.Reason), "new"], after.Suppressions.Select(each => each.Reason));
        Assert.Equal(before.TimeWindow, after.TimeWindow);
        Assert.Equal(file.Contains("//", StringComparison.Ordinal), Encoding.UTF8.GetString(added).Contains("//", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{ \"Suppressions\": 1 }")]
    [InlineData("{ \"Suppressions\"")]
    public void A_file_that_is_none_is_said_to_be_none(string file)
    {
        Assert.ThrowsAny<JsonException>(() => SettingsText.AddSuppression(Encoding.UTF8.GetBytes(file), """{ "reason": "r" }"""));
        Assert.False(SettingsText.TryAddSuppression(
            Encoding.UTF8.GetBytes(file), """{ "process": "p", "reason": "r" }""", out ReadOnlyMemory<byte> edited, out _, out IReadOnlyList<string> errors));
        Assert.Equal(file, Encoding.UTF8.GetString(edited.Span));
        Assert.NotEmpty(errors);
    }

    [Fact]
    public void The_same_one_twice_is_one()
    {
        const string Entry = """{ "process": "p", "reason": "r" }""";
        Assert.True(SettingsText.TryAddSuppression(default, Entry, out ReadOnlyMemory<byte> once, out _, out _));
        Assert.True(SettingsText.TryAddSuppression(once, Entry, out ReadOnlyMemory<byte> twice, out DetectionSettings settings, out _));
        Assert.True(once.Span.SequenceEqual(twice.Span));
        Assert.Single(settings.Suppressions);
    }

    [Fact]
    public void Who_asks_for_it_is_its_author_unless_it_says_who()
    {
        Assert.Equal("""{ "reason": "r", "author": "kim" }""", Entry("""{"reason":"r"}""", "kim"));
        Assert.Equal("""{ "reason": "r", "author": "ada" }""", Entry("""{ "reason": "r", "author": "ada" }""", "kim"));
        Assert.Equal("""{ "reason": "r" }""", Entry("""{ "reason": "r" }""", null));

        static string Entry(string json, string? author) => SuppressionDraft.Json(Encoding.UTF8.GetBytes(json), author);
    }
}
