using System.Net;
using System.Text.Json;
using Azure.Data.Tables;
using CipherWatch.Core.Detections;
using CipherWatch.Functions.Http;
using CipherWatch.Functions.Tests.Fakes;
using CipherWatch.Sinks.Tables;
using CipherWatch.Sinks.Tests.Tables;

namespace CipherWatch.Functions.Tests.Http;

public class DetectionsFunctionTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task What_stands_is_answered_as_it_was_published_page_by_page()
    {
        (StoredDetections stored, App app) = await PublishedAsync("Paged");
        string[] standing = [.. Lines(app.Detections.Held.Values.Where(each => !each.Withdrawn && each.SupersededBy is null))];
        Assert.True(standing.Length > 2);
        List<string> read = [];
        string query = "?top=1";
        while (query.Length > 0)
        {
            JsonElement page = await OkAsync(stored, query);
            read.AddRange(page.GetProperty("detections").EnumerateArray().Select(each => each.GetRawText()));
            query = page.TryGetProperty("next", out JsonElement next) ? $"?top=1&after={Uri.EscapeDataString(next.GetString()!)}" : string.Empty;
        }

        Assert.Equal(standing.Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Each_filter_leaves_out_the_rest()
    {
        (StoredDetections stored, App app) = await PublishedAsync("Filtered");
        Detection[] all = [.. app.Detections.Held.Values];
        await SameAsync("?superseded=true&withdrawn=true&suppressed=true", static _ => true);
        await SameAsync("?analyticId=an0404&superseded=true", static each => each.AnalyticId == "AN0404" && !each.Withdrawn);
        await SameAsync("?host=WS-000", static each => each.Host == "ws-000");
        await SameAsync("?severity=high", static each => each.Severity == Severity.High);
        await SameAsync("?minConfidence=70", static each => each.Confidence >= 70);
        await SameAsync("?platform=windows", static each => each.AnalyticId == "AN0400");
        await SameAsync("?destinationIp=198.51.100.7", static each => each.Destination?.Ip.ToString() == "198.51.100.7");
        DateTimeOffset middle = all.Select(each => each.Time).Order().ElementAt(all.Length / 2);
        string time = Uri.EscapeDataString(middle.ToString("O"));
        await SameAsync($"?from={time}", each => each.Time >= middle);
        await SameAsync($"?to={time}", each => each.Time < middle);
        await SameAsync("?host=' or Host ne '", static _ => false);

        async Task SameAsync(string query, Func<Detection, bool> wanted)
        {
            bool superseded = query.Contains("superseded=true", StringComparison.Ordinal);
            bool withdrawn = query.Contains("withdrawn=true", StringComparison.Ordinal);
            JsonElement page = await OkAsync(stored, query);
            Assert.Equal(
                Lines(all.Where(each => wanted(each) && (withdrawn || !each.Withdrawn) && (superseded || each.SupersededBy is null)))
                    .Order(StringComparer.Ordinal),
                page.GetProperty("detections").EnumerateArray().Select(each => each.GetRawText()).Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("?top=0", "top")]
    [InlineData("?severity=grave", "low, medium, high")]
    [InlineData("?from=yesterday", "2026-03-02T15:04:05Z")]
    [InlineData("?superseded=maybe", "true or false")]
    [InlineData("?hosts=x", "hosts")]
    public async Task A_mistake_in_the_query_is_answered(string query, string says)
    {
        (StoredDetections stored, _) = await PublishedAsync("Mistakes");
        (HttpStatusCode status, JsonElement answer) = await AnswerAsync(stored, query);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(says, answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_is_not_there_yet_holds_none() =>
        Assert.Empty((await OkAsync(new(new TableClient(azurite.ConnectionString, "NotYet")), string.Empty))
            .GetProperty("detections").EnumerateArray());

    private async Task<(StoredDetections Stored, App App)> PublishedAsync(string table)
    {
        App app = new();
        await app.TriggerAsync(Fleet.Events(Fleet.Records()));
        await app.RunAsync();
        TableClient client = new(azurite.ConnectionString, table);
        await new TableSink(client).PublishAsync([.. app.Detections.Held.Values], TestContext.Current.CancellationToken);
        return (new(client), app);
    }

    private static IEnumerable<string> Lines(IEnumerable<Detection> detections) =>
        detections.Select(each => System.Text.Encoding.UTF8.GetString(DetectionJson.ToUtf8(each)));

    private static async Task<JsonElement> OkAsync(StoredDetections stored, string query)
    {
        (HttpStatusCode status, JsonElement answer) = await AnswerAsync(stored, query);
        Assert.Equal(HttpStatusCode.OK, status);
        return answer;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> AnswerAsync(StoredDetections stored, string query) =>
        await Web.AnswerAsync(await new DetectionsFunction(stored, Web.Open).RunAsync(
            Web.Request(query: query), TestContext.Current.CancellationToken));
}
