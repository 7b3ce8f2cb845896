using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using CipherWatch.Functions.Health;
using CipherWatch.Functions.Http;
using CipherWatch.Functions.Settings;
using CipherWatch.Functions.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace CipherWatch.Functions.Tests.Health;

/// <summary>What the app says of itself, whichever of its instances is asked.</summary>
public class HealthTests
{
    private readonly HealthStore _store = new();
    private readonly LiveStore _settings = new() { Json = "{}" };

    [Fact]
    public async Task It_says_what_other_instances_have_seen()
    {
        App one = new();
        App other = new();
        await one.TriggerAsync(Fleet.Events(Fleet.Records().Take(60)));
        await other.TriggerAsync([.. Fleet.Events([.. Fleet.Records().Skip(60), "no record"], 60), Fleet.Event([0x1f, 0x8b, 8], 999)]);
        await one.RunAsync();
        await FlushAsync(one, "one");
        await FlushAsync(other, "other");

        JsonElement health = await AskAsync(HttpStatusCode.OK);
        Assert.Equal("healthy", health.GetProperty("status").GetString());
        Assert.Equal("1.2.3+abc", health.GetProperty("release").GetString());
        JsonElement[] sources = [.. health.GetProperty("sources").EnumerateArray()];
        Assert.Equal(Fleet.Records().Count + 1, sources.Sum(source => source.GetProperty("records").GetInt64()));
        JsonElement sysmon = Assert.Single(sources, source => source.GetProperty("name").GetString() == "sysmon");
        Assert.Equal("2026-03-02T15:00:00.000Z", sysmon.GetProperty("lastReceived").GetString());
        Assert.StartsWith("2026-03-0", sysmon.GetProperty("lastEvent").GetString(), StringComparison.Ordinal);
        Assert.Equal((1, 1), (health.GetProperty("deadLetters").GetInt32(), health.GetProperty("unread").GetInt32()));
        Assert.Equal("test", Assert.Single(health.GetProperty("sinks").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task It_says_what_could_not_be_judged()
    {
        App app = new();
        await app.TriggerAsync(Fleet.Events(Fleet.Records().Where(record => !record.Contains("\"EventID\":7", StringComparison.Ordinal)
            && !record.StartsWith("""{"cipherwatch":""", StringComparison.Ordinal))));
        await FlushAsync(app, "one");
        string[] warnings = [.. (await AskAsync(HttpStatusCode.OK)).GetProperty("notJudged").EnumerateArray().Select(each => each.GetString()!)];
        Assert.Contains(warnings, warning => warning.Contains("Sysmon event 7", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Contains("payload samples", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dependency_that_is_out_is_named_and_one_that_hangs_is_not_waited_for()
    {
        JsonElement health = await AskAsync(
            HttpStatusCode.ServiceUnavailable,
            new Dependency("detections", static _ => throw new IOException("It is away.\r\nHeaders follow")),
            new Dependency("flow journal", static _ => Task.CompletedTask));
        Assert.Equal("unhealthy", health.GetProperty("status").GetString());
        JsonElement[] dependencies = [.. health.GetProperty("dependencies").EnumerateArray()];
        Assert.Equal(["detections", "flow journal", "orchestrations", "health table"], dependencies.Select(each => each.GetProperty("name").GetString()));
        Assert.Equal(["It is away.", null, null, null], dependencies.Select(each => each.GetProperty("fault").GetString()));

        string? fault = await new Dependency("slow", stop => Task.Delay(Timeout.Infinite, stop)).FaultAsync(new Logs.NoWaits(), CancellationToken.None);
        Assert.Contains("10 seconds", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_with_a_mistake_and_a_sink_that_is_out_impair_it()
    {
        _settings.Json = """{ "EntropyTreshold": 7 }""";
        JsonElement health = await AskAsync(HttpStatusCode.OK);
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.Contains("EntropyTreshold", health.GetProperty("settings").GetProperty("problem").GetString(), StringComparison.Ordinal);

        _settings.Json = "{}";
        App app = new();
        app.Instance.Published("workspace", "throttled");
        await FlushAsync(app, "one");
        Assert.Equal("degraded", (await AskAsync(HttpStatusCode.OK)).GetProperty("status").GetString());
        app.Instance.Published("workspace", null);
        await FlushAsync(app, "one");
        Assert.Equal("healthy", (await AskAsync(HttpStatusCode.OK)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task It_says_what_was_set_aside_and_what_no_entity_took()
    {
        App app = new() { Fails = static (id, _) => id.Key.StartsWith("ws-000|", StringComparison.Ordinal) };
        using MemoryStream expands = new();
        using (GZipStream gzip = new(expands, CompressionLevel.Fastest))
        {
            gzip.Write(new byte[(64 << 20) + 1]);
        }

        string garbage = string.Concat(Enumerable.Repeat("no record\n", 1_001));
        await app.TriggerAsync([Fleet.Event(expands.ToArray(), 1), Fleet.Event(Encoding.UTF8.GetBytes(garbage), 2), .. Fleet.Events(Fleet.Records(), 3)]);
        await FlushAsync(app, "one");
        JsonElement health = await AskAsync(HttpStatusCode.OK);
        Assert.Equal(
            (2, 1_001, 0, "healthy"),
            (health.GetProperty("unread").GetInt32(), health.GetProperty("deadLetters").GetInt32(),
                health.GetProperty("undelivered").GetInt32(), health.GetProperty("status").GetString()));

        await app.RunAsync();
        await FlushAsync(app, "one");
        health = await AskAsync(HttpStatusCode.OK);
        Assert.True(health.GetProperty("undelivered").GetInt32() > 0);
        Assert.Equal("degraded", health.GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_instance_that_saw_nothing_new_writes_nothing()
    {
        App app = new();
        HealthFlush flush = new(app.Instance, _store, TimeProvider.System, NullLogger<HealthFlush>.Instance);
        await flush.FlushAsync(CancellationToken.None);
        Assert.Equal(0, _store.Writes);
        await app.TriggerAsync(Fleet.Events(Fleet.Records().Take(3)));
        await flush.FlushAsync(CancellationToken.None);
        await flush.FlushAsync(CancellationToken.None);
        Assert.Equal(1, _store.Writes);
    }

    [Fact]
    public async Task A_table_that_is_away_ends_no_worker_and_is_written_to_later()
    {
        App app = new();
        HealthFlush flush = new(app.Instance, _store, TimeProvider.System, NullLogger<HealthFlush>.Instance);
        await app.TriggerAsync(Fleet.Events(Fleet.Records().Take(3)));
        _store.Fault = new AggregateException("No connection after all attempts.");
        await flush.FlushAsync(CancellationToken.None);
        _store.Fault = null;
        await flush.FlushAsync(CancellationToken.None);
        Assert.Equal(1, _store.Writes);
    }

    private async Task FlushAsync(App app, string instance)
    {
        (DateOnly day, string json, _) = app.Instance.Changed(-1)!.Value;
        await _store.KeepAsync(day, instance, json, CancellationToken.None);
    }

    private async Task<JsonElement> AskAsync(HttpStatusCode expected, params Dependency[] dependencies)
    {
        LiveSettings live = LiveStore.Live(_settings, TimeProvider.System);
        HealthFunction function = new(
            dependencies, _store, live, Web.Configuration(("CIPHERWATCH_RELEASE", "1.2.3+abc")), TimeProvider.System, Web.Open);
        (HttpStatusCode status, JsonElement answer) = await Web.AnswerAsync(
            await function.RunAsync(Web.Request(), new DurableClient(), CancellationToken.None));
        Assert.Equal(expected, status);
        return answer;
    }

    private sealed class HealthStore : IHealthStore
    {
        private readonly Dictionary<(DateOnly Day, string Instance), string> _rows = [];

        public int Writes { get; private set; }

        public Exception? Fault { get; set; }

        public Task KeepAsync(DateOnly day, string instance, string tally, CancellationToken cancellationToken)
        {
            if (Fault is { } fault)
            {
                throw fault;
            }

            _rows[(day, instance)] = tally;
            Writes++;
            return Task.CompletedTask;
        }

        public Task<DayTally> ReadAsync(DateOnly since, CancellationToken cancellationToken)
        {
            DayTally all = new();
            foreach (((DateOnly day, _), string json) in _rows)
            {
                all.Merge(TallyJson.Read(day, json));
            }

            return Task.FromResult(all);
        }

        public Task ForgetAsync(DateOnly before, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
