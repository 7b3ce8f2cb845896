using CipherWatch.Functions.Activities;
using CipherWatch.Functions.DeadLetters;
using CipherWatch.Functions.Tests.Fakes;

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
