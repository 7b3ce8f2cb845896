using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Functions.Maintenance;
using CipherWatch.Functions.Orchestrations;
using CipherWatch.Functions.Tests.Fakes;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Entities;
using Microsoft.Extensions.Time.Testing;

namespace CipherWatch.Functions.Tests.Maintenance;

/// <summary>Idle entities forget, and nothing that was published changes.</summary>
public class ExpiryTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 9, 3, 47, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_day_starts_its_expiry_once()
    {
        DurableClient client = new();
        ExpireEntities timer = new(new FakeTimeProvider(Now));
        await timer.RunAsync(new TimerInfo(), client, CancellationToken.None);
        await timer.RunAsync(new TimerInfo(), client, CancellationToken.None);
        Assert.Equal([("ExpiryOrchestration", "expiry-20260409")], client.Others);
    }

    [Fact]
    public async Task All_pages_forget_and_nothing_is_published()
    {
        App app = await DeliveredAsync();
        IReadOnlyList<string> before = app.Detections.Standing();
        int published = app.Detections.Held.Count;
        Assert.True(app.Entities.States.Values.Count(state => state is not null) > 7);
        (int runs, OrchestrationContext last) = await ExpireAsync(app, _ => { });
        Assert.True(runs > 1);
        Assert.Equal(1, last.Cleaned);
        Assert.All(app.Entities.States.Values, Assert.Null);
        Assert.Equal(before, app.Detections.Standing());
        Assert.Equal(published, app.Detections.Held.Count);
    }

    [Fact]
    public async Task What_came_between_the_look_and_the_call_is_kept()
    {
        App app = await DeliveredAsync();
        string kept = app.Entities.States.First(state => state.Key.StartsWith("@processentity@ws-000|", StringComparison.Ordinal)).Key;
        string stored = app.Entities.States[kept]!;
        string listed = Changed(stored);
        app.Entities.Store(EntityInstanceId.FromString(kept), listed);
        await ExpireAsync(app, context => app.Entities.Store(EntityInstanceId.FromString(kept), stored));
        Assert.Equal(stored, app.Entities.States[kept]);
        Assert.All(app.Entities.States.Where(state => state.Key != kept), state => Assert.Null(state.Value));
    }

    [Fact]
    public async Task An_entity_that_has_forgotten_is_asked_in_vain_and_stays_away()
    {
        App app = await DeliveredAsync();
        EntityInstanceId id = EntityInstanceId.FromString(
            app.Entities.States.First(state => state.Key.StartsWith("@channelentity@", StringComparison.Ordinal)).Key);
        string mark = EntityExpiry.MarkOf(FactKinds.Channel, app.Entities.States[id.ToString()]!);
        Assert.False(await app.Entities.CallAsync<bool>(id, "Expire", "of another state"));
        Assert.NotNull(app.Entities.States[id.ToString()]);
        Assert.True(await app.Entities.CallAsync<bool>(id, "Expire", mark));
        Assert.Null(app.Entities.States[id.ToString()]);
        Assert.True(await app.Entities.CallAsync<bool>(id, "Expire", mark));
        Assert.Null(app.Entities.States[id.ToString()]);
    }

    private static async Task<App> DeliveredAsync()
    {
        App app = new();
        await app.TriggerAsync(Fleet.Events(Fleet.Records()));
        await app.RunAsync();
        return app;
    }

    /// <summary>The same state with another revision of what was said: what an operation between would leave.</summary>
    private static string Changed(string state)
    {
        int at = state.IndexOf("\"i\":", StringComparison.Ordinal);
        return at < 0 ? throw new InvalidOperationException(state) : state.Insert(at, "\"g\":\"{another}\",");
    }

    private static async Task<(int Runs, OrchestrationContext Last)> ExpireAsync(App app, Action<OrchestrationContext> between)
    {
        object? input = new Expiry(Now.AddDays(-30), null);
        for (int runs = 1; ; runs++)
        {
            OrchestrationContext context = new(input, app.Entities) { Client = app.Client, AfterListing = between };
            await ExpiryOrchestration.RunAsync(context);
            if (context.NextRun is null)
            {
                return (runs, context);
            }

            // A page's place in the listing does not move while entities forget: the fake lists all that ever were.
            input = context.NextRun;
        }
    }
}
