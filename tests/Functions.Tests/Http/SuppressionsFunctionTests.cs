using System.Net;
using System.Text;
using System.Text.Json;
using CipherWatch.Functions.Http;
using CipherWatch.Functions.Settings;
using CipherWatch.Functions.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace CipherWatch.Functions.Tests.Http;

public class SuppressionsFunctionTests
{
    private const string Verdict = """{ "process": "*\\upd.exe", "reason": "Agreed with IT" }""";

    [Fact]
    public async Task A_verdict_is_added_and_judges_from_then_on()
    {
        LiveStore store = new() { Json = """{ "EntropyThreshold": 7 } // ours""" };
        LiveSettings live = LiveStore.Live(store, new FakeTimeProvider());
        (HttpStatusCode status, JsonElement answer) = await PostAsync(store, live, Verdict);
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal("Agreed with IT", Assert.Single(live.Current.Detection.Suppressions).Reason);
        Assert.Equal(live.Current.Detection.Version, answer.GetProperty("settingsVersion").GetString());
        Assert.Contains("// ours", store.Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_else_adds_meanwhile_stays()
    {
        LiveStore store = new() { Json = "{}" };
        LiveSettings live = LiveStore.Live(store, new FakeTimeProvider());
        store.Meanwhile = () => store.Json = """{ "Suppressions": [ { "process": "other", "reason": "theirs" } ] }""";
        await PostAsync(store, live, Verdict);
        Assert.Equal(["theirs", "Agreed with IT"], live.Current.Detection.Suppressions.Select(each => each.Reason));
    }

    [Theory]
    [InlineData("""{ "process": "x" }""", "reason")]
    [InlineData("""{ "reason": "hides everything" }""", "hide everything")]
    [InlineData("not JSON", "cannot be added")]
    public async Task A_mistake_is_answered_and_changes_nothing(string verdict, string says)
    {
        LiveStore store = new() { Json = "{}" };
        (HttpStatusCode status, JsonElement answer) = await PostAsync(store, LiveStore.Live(store, new FakeTimeProvider()), verdict);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(says, answer.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("{}", store.Json);
    }

    [Fact]
    public async Task Settings_that_are_in_no_blob_cannot_take_one()
    {
        (HttpStatusCode status, _) = await PostAsync(new FileSettings(null), LiveStore.Shipped(), Verdict);
        Assert.Equal(HttpStatusCode.Conflict, status);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(ISettingsStore store, LiveSettings live, string verdict) =>
        await Web.AnswerAsync(await new SuppressionsFunction(store, live, Web.Open).RunAsync(
            Web.Request(Encoding.UTF8.GetBytes(verdict)), CancellationToken.None));
}
