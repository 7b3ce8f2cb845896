using CipherWatch.Functions.Rejudging;
using CipherWatch.Functions.Settings;
using CipherWatch.Functions.Tests.Fakes;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CipherWatch.Functions.Tests.Rejudging;

/// <summary>A change of settings reaches what was judged before it.</summary>
public class RejudgeTests
{
    private const string Silenced = """{ "Suppressions": [ { "process": "*\\upd.exe", "reason": "A drill" } ], "EntropyThreshold": 7.9 }""";
    private readonly LiveStore _store = new() { Json = "{}" };
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task What_is_open_is_judged_by_the_new_settings_as_if_they_had_always_held()
    {
        LiveSettings live = LiveStore.Live(_store, _clock);
        App app = new(live);
        await DeliverAsync(app);
        string before = live.Current.Detection.Version;
        Assert.All(app.Detections.Held.Values, detection => Assert.Equal(before, detection.SettingsVersion));

        _store.Json = Silenced;
        await live.RefreshAsync(CancellationToken.None);
        int runs = await app.RejudgeAsync(_store, live.Current.Detection.Version);
        Assert.True(runs > 5, "There are more entities than one page holds.");

        App always = new(LiveStore.Live(new LiveStore { Json = Silenced }, _clock));
        await DeliverAsync(always);
        Assert.NotEmpty(always.Detections.Standing());
        Assert.Equal(always.Detections.Standing(), app.Detections.Standing());
        Assert.Contains(app.Detections.Held.Values, detection => detection.Suppressed is { Reason: "A drill" });
        Assert.All(
            app.Detections.Held.Values.Where(detection => !detection.Withdrawn),
            detection => Assert.Equal(live.Current.Detection.Version, detection.SettingsVersion));
        Assert.Equal(live.Current.Detection.Version, _store.Judged);

        // And back.
        _store.Json = "{}";
        await live.RefreshAsync(CancellationToken.None);
        await app.RejudgeAsync(_store, live.Current.Detection.Version);
        App never = new(LiveStore.Live(new LiveStore { Json = "{}" }, _clock));
        await DeliverAsync(never);
        Assert.Equal(never.Detections.Standing(), app.Detections.Standing());
    }

    [Fact]
    public async Task A_change_starts_one_orchestration_and_no_change_none()
    {
        LiveSettings live = LiveStore.Live(_store, _clock);
        App app = new(live);
        SettingsChanged changed = new(live, _store, NullLogger<SettingsChanged>.Instance);
        await changed.RunAsync(new(), app.Client, CancellationToken.None);
        await changed.RunAsync(new(), app.Client, CancellationToken.None);
        (string name, string id) = Assert.Single(app.Client.Others);
        Assert.Equal((nameof(RejudgeOrchestration), $"rejudge-{live.Current.Detection.Version}-none"), (name, id));

        app.Client.Statuses[id] = OrchestrationRuntimeStatus.Completed;
        _store.Judged = live.Current.Detection.Version;
        await changed.RunAsync(new(), app.Client, CancellationToken.None);
        Assert.Single(app.Client.Others);

        _store.Json = Silenced;
        await live.RefreshAsync(CancellationToken.None);
        await changed.RunAsync(new(), app.Client, CancellationToken.None);
        Assert.Equal(2, app.Client.Others.Count);

        // Forth, back, and forth again: the id is one that has run.
        string silenced = live.Current.Detection.Version;
        app.Client.Statuses[app.Client.Others[1].Id] = OrchestrationRuntimeStatus.Completed;
        (_store.Json, _store.Judged) = ("{}", silenced);
        await live.RefreshAsync(CancellationToken.None);
        await changed.RunAsync(new(), app.Client, CancellationToken.None);
        (_store.Json, _store.Judged) = (Silenced, live.Current.Detection.Version);
        await live.RefreshAsync(CancellationToken.None);
        await changed.RunAsync(new(), app.Client, CancellationToken.None);
        await changed.RunAsync(new(), app.Client, CancellationToken.None);
        Assert.Equal(4, app.Client.Others.Count);
        Assert.Equal(app.Client.Others[1], app.Client.Others[3]);
    }

    [Fact]
    public async Task It_waits_until_no_instance_judges_by_the_older_settings()
    {
        App app = new();
        OrchestrationContext context = new(new RejudgeInput("v", null), app.Entities) { Client = app.Client, Settings = _store };
        await RejudgeOrchestration.RunAsync(context);
        Assert.True(Assert.Single(context.Waits) > LiveSettings.MaxAge);
    }

    [Fact]
    public async Task A_mistake_in_the_settings_holds_up_nothing()
    {
        LiveSettings live = LiveStore.Live(_store, _clock);
        App app = new(live);
        _store.Json = "{ \"TimeWindow\": 7 ";
        await live.RefreshAsync(CancellationToken.None);
        await DeliverAsync(app);
        App never = new(LiveStore.Live(new LiveStore { Json = "{}" }, _clock));
        await DeliverAsync(never);
        Assert.Equal(never.Detections.Standing(), app.Detections.Standing());
        Assert.NotNull(live.Status.Problem);
    }

    [Fact]
    public async Task A_state_that_cannot_be_read_from_outside_hides_no_other()
    {
        LiveSettings live = LiveStore.Live(_store, _clock);
        App app = new(live);
        await DeliverAsync(app);
        string[] keys = [.. app.Entities.States.Keys.Order(StringComparer.Ordinal)];
        string[] unreadable = [keys[1], keys[9], keys[^1]];
        app.Client.Unreadable.UnionWith(unreadable);
        // An entity tells of itself, and those that cannot be read are the only ones left out.
        int without = await OperationsAsync(app);
        app.Client.Unreadable.Clear();
        Assert.Equal(await OperationsAsync(app) - unreadable.Length, without);
    }

    [Fact]
    public async Task Storage_that_is_away_is_no_state_that_cannot_be_read()
    {
        App app = new();
        await DeliverAsync(app);
        string[] keys = [.. app.Entities.States.Keys.Order(StringComparer.Ordinal)];
        app.Client.Unreadable.Add(keys[1]);
        app.Client.IsAway = true;
        await Assert.ThrowsAsync<IOException>(() => OperationsAsync(app));
    }

    private static async Task<int> OperationsAsync(App app)
    {
        ListOpenEntities list = new(NullLogger<ListOpenEntities>.Instance);
        OpenEntities open = await list.RunAsync(new(null), app.Client, CancellationToken.None);
        int operations = open.Part.Count;
        while (open.Next is not null)
        {
            open = await list.RunAsync(new(open.Next), app.Client, CancellationToken.None);
            operations += open.Part.Count;
        }

        return operations;
    }

    private static async Task DeliverAsync(App app)
    {
        await app.TriggerAsync(Fleet.Events(Fleet.Records()));
        await app.RunAsync();
        await app.LookAgainAsync();
    }
}
