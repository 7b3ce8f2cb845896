using System.Text;
using System.Text.Json;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Functions.Settings;

namespace CipherWatch.Functions.Tests.Settings;

public class SuppressionTextTests
{
    private const string New = """{"process":"*\\upd.exe","reason":"new"}""";

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{ /* nothing */ }")]
    [InlineData("\uFEFF{ \"TimeWindow\": \"00:05:00\" }")]
    [InlineData("{ \"TimeWindow\": \"00:05:00\", }")]
    [InlineData("{ \"Suppressions\": [] }")]
    [InlineData("{ \"Suppressions\": [ { \"process\": \"a\", \"reason\": \"old\" } ], \"TimeWindow\": \"00:05:00\" }")]
    [InlineData("{ \"HostAddresses\": { \"Suppressions\": [\"10.0.0.1\"] }, // not this one\n \"Suppressions\": [ // this\n ] }")]
    public void It_is_the_first_of_the_list_and_the_rest_stays(string file)
    {
        Assert.True(SettingsFile.TryLoad(Encoding.UTF8.GetBytes(file.Length == 0 ? "{}" : file), out DetectionSettings before, out _));
        byte[] added = SuppressionText.Add(Encoding.UTF8.GetBytes(file), Encoding.UTF8.GetBytes(New));
        Assert.True(SettingsFile.TryLoad(added, out DetectionSettings after, out IReadOnlyList<string> errors), string.Join(' ', errors));
        Assert.Equal("new", after.Suppressions[0].Reason);
        Assert.Equal(before.Suppressions.Select(each => each.Reason), after.Suppressions.Skip(1).Select(each => each.Reason));
        Assert.Equal(before.TimeWindow, after.TimeWindow);
        Assert.Equal(file.Contains("//", StringComparison.Ordinal), Encoding.UTF8.GetString(added).Contains("//", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{ \"Suppressions\": 1 }")]
    [InlineData("{ \"Suppressions\"")]
    public void A_file_that_is_none_is_said_to_be_none(string file) => Assert.ThrowsAny<JsonException>(() =>
        SuppressionText.Add(Encoding.UTF8.GetBytes(file), Encoding.UTF8.GetBytes(New)));

    [Fact]
    public void Who_asks_for_it_is_its_author_unless_it_says_who()
    {
        Assert.Equal("""{"reason":"r","author":"kim"}""", Text("""{ "reason": "r" }""", "kim"));
        Assert.Equal("""{"reason":"r","author":"ada"}""", Text("""{ "reason": "r", "author": "ada" }""", "kim"));
        Assert.Equal("""{"reason":"r"}""", Text("""{ "reason": "r" }""", null));

        static string Text(string json, string? author) =>
            Encoding.UTF8.GetString(SuppressionText.Normalized(Encoding.UTF8.GetBytes(json), author));
    }
}
