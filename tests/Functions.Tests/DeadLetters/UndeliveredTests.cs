using System.Globalization;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Functions.Activities;
using CipherWatch.Functions.DeadLetters;
using CipherWatch.Functions.Health;
using CipherWatch.Functions.Tests.Fakes;
using Microsoft.DurableTask.Entities;

namespace CipherWatch.Functions.Tests.DeadLetters;

/// <summary>What no entity took becomes a dead letter, and is delivered when it is replayed.</summary>
public class UndeliveredTests
{
    [Fact]
    public async Task A_replay_delivers_what_was_given_up()
    {
        App app = new();
        app.Fails = static (id, _) => id.Key.StartsWith("ws-000|", StringComparison.Ordinal);
        await app.TriggerAsync(Fleet.Events(Fleet.Records()));
        await app.RunAsync();
        (string name, string _) = Assert.Single(app.Letters.Blobs);
        KeptLetter letter = Assert.Single(app.Letters.Held);
        Assert.StartsWith("undelivered/requests/", name, StringComparison.Ordinal);
        Assert.Equal(KeepUndelivered.Source, letter.Letter.Source);

        // Given up again: kept again, under another name, for the orchestration that gave up first has ended.
        ReplayOutcome? again = await app.Replay.ReplayAsync(name, app.Client, TestContext.Current.CancellationToken);
        Assert.Equal((1, 0), (again!.Letters, again.Left));
        await app.RunAsync();
        string second = Assert.Single(app.Letters.Blobs.Keys);
        Assert.NotEqual(name, second);

        app.Fails = static (_, _) => false;
        await app.Replay.ReplayAsync(second, app.Client, TestContext.Current.CancellationToken);
        await app.RunAsync();
        await app.LookAgainAsync();
        Assert.Empty(app.Letters.Blobs);

        App calm = new();
        await calm.TriggerAsync(Fleet.Events(Fleet.Records()));
        await calm.RunAsync();
        await calm.LookAgainAsync();
        Assert.Equal(calm.Detections.Standing(), app.Detections.Standing());
    }

    [Fact]
    public async Task The_state_of_a_newer_app_is_left_as_it_is_and_what_it_was_to_be_told_is_kept()
    {
        App app = new();
        string[] records = [.. Fleet.Records()];
        await DeliverAsync(app, records[..80], 0);
        (string id, string? state) = app.Entities.States.First(
            entity => entity.Key.StartsWith("@processentity@ws-000|", StringComparison.Ordinal));
        string newer = state!.Replace(Schema(ProcessFacts.CurrentSchema), Schema(999), StringComparison.Ordinal);
        Assert.NotEqual(state, newer);
        EntityInstanceId entity = new("processentity", id["@processentity@".Length..]);
        app.Entities.Store(entity, newer);

        // During a rollout an older worker gets its operation.
        await DeliverAsync(app, records[80..], 80);
        Assert.Equal(newer, app.Entities.States[id]);
        KeptLetter letter = Assert.Single(app.Letters.Held);
        Assert.Contains("schema 999", letter.Letter.Reason, StringComparison.Ordinal);
        (_, string health, _) = app.Instance.Changed(-1)!.Value;
        Assert.Equal(1, TallyJson.Read(default, health).Undelivered);
        Assert.Contains(app.Detections.Held.Values, detection => detection.Host == "ws-001");

        // By the newer one, what was kept is delivered.
        app.Entities.Store(entity, state);
        await app.Replay.ReplayAsync(Assert.Single(app.Letters.Blobs.Keys), app.Client, TestContext.Current.CancellationToken);
        await app.RunAsync();
        await app.LookAgainAsync();
        Assert.Empty(app.Letters.Blobs);
        App calm = new();
        await DeliverAsync(calm, records, 0);
        Assert.Equal(calm.Detections.Standing(), app.Detections.Standing());

        static string Schema(int version) => string.Create(CultureInfo.InvariantCulture, $"\"v\":{version},");
    }

    private static async Task DeliverAsync(App app, string[] records, long firstSequence)
    {
        await app.TriggerAsync(Fleet.Events(records, firstSequence));
        await app.RunAsync();
        await app.LookAgainAsync();
    }

    [Fact]
    public async Task A_letter_that_holds_no_facts_is_left()
    {
        App app = new();
        await app.TriggerAsync(Fleet.Events(["no record"]));
        (string name, KeptLetter letter) = (Assert.Single(app.Letters.Blobs.Keys), Assert.Single(app.Letters.Held));
        await app.Letters.KeepAsync(
            name, [letter with { Letter = letter.Letter with { Source = KeepUndelivered.Source } }], CancellationToken.None);
        Assert.Equal(1, (await app.Replay.ReplayAsync(name, app.Client, TestContext.Current.CancellationToken))!.Left);
    }
}
