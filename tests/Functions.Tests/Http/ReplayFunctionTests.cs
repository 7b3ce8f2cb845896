using System.Net;
using System.Text.Json;
using CipherWatch.Functions.DeadLetters;
using CipherWatch.Functions.Http;
using CipherWatch.Functions.Tests.Fakes;

namespace CipherWatch.Functions.Tests.Http;

public class ReplayFunctionTests
{
    [Fact]
    public async Task Batches_are_replayed_by_prefix_and_page_by_page()
    {
        App app = new();
        for (int batch = 0; batch < 3; batch++)
        {
            await app.TriggerAsync(Fleet.Events(["no record"], batch * 10));
        }

        string[] names = [.. app.Letters.Blobs.Keys];
        JsonElement answer = await PostAsync(app, "?prefix=windows/2026&max=2");
        Assert.Equal(names.Take(2), answer.GetProperty("batches").EnumerateArray().Select(batch => batch.GetProperty("name").GetString()));
        Assert.All(answer.GetProperty("batches").EnumerateArray(), batch => Assert.Equal(1, batch.GetProperty("left").GetInt32()));
        Assert.Equal(names[1], answer.GetProperty("next").GetString());

        answer = await PostAsync(app, $"?max=2&after={Uri.EscapeDataString(names[1])}");
        Assert.Equal(names[2], Assert.Single(answer.GetProperty("batches").EnumerateArray()).GetProperty("name").GetString());
        Assert.False(answer.TryGetProperty("next", out _));
        Assert.Empty((await PostAsync(app, "?prefix=linux")).GetProperty("batches").EnumerateArray());
        Assert.Equal(3, app.Letters.Held.Count);
    }

    [Fact]
    public async Task A_letter_whose_bytes_were_left_out_stays()
    {
        App app = new();
        await app.TriggerAsync(Fleet.Events(["no record"]));
        KeptLetter letter = Assert.Single(app.Letters.Held);
        string name = Assert.Single(app.Letters.Blobs.Keys);
        await app.Letters.KeepAsync(
            name, [letter with { BytesLeftOut = 9, Letter = letter.Letter with { Raw = default } }], CancellationToken.None);
        Assert.DoesNotContain("\"raw\"", app.Letters.Blobs[name], StringComparison.Ordinal);
        JsonElement answer = await PostAsync(app, string.Empty);
        Assert.Equal(1, answer.GetProperty("batches")[0].GetProperty("left").GetInt32());
        Assert.Equal(9, Assert.Single(app.Letters.Held).BytesLeftOut);
    }

    [Theory]
    [InlineData("?max=0", "max")]
    [InlineData("?prefx=windows", "prefx")]
    public async Task A_mistake_in_the_query_is_answered(string query, string says)
    {
        App app = new();
        (HttpStatusCode status, JsonElement answer) = await AnswerAsync(app, query);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(says, answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> PostAsync(App app, string query)
    {
        (HttpStatusCode status, JsonElement answer) = await AnswerAsync(app, query);
        Assert.Equal(HttpStatusCode.OK, status);
        return answer;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> AnswerAsync(App app, string query) =>
        await Web.AnswerAsync(await new ReplayFunction(app.Letters, app.Replay, Web.Open).RunAsync(
            Web.Request(query: query), app.Client, TestContext.Current.CancellationToken));
}
