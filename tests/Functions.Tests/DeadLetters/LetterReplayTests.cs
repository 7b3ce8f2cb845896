using System.Text;
using Azure.Messaging.EventHubs;
using CipherWatch.Functions.DeadLetters;
using CipherWatch.Functions.Tests.Fakes;

namespace CipherWatch.Functions.Tests.DeadLetters;

public class LetterReplayTests
{
    [Fact]
    public async Task The_letters_of_a_batch_are_one_blob_by_hub_day_and_place()
    {
        App app = new();
        await app.TriggerAsync(Fleet.Events([.. Fleet.Records(), "no record", "another"], 7), "3");
        (string name, string lines) = Assert.Single(app.Letters.Blobs);
        Assert.Matches("^windows/2026/03/02/0000000000000000007-[0-9a-f]{32}[.]ndjson$", name);
        Assert.Equal(2, lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task A_letter_keeps_all_that_its_event_came_with()
    {
        EventData sent = new("no record"u8.ToArray()) { ContentType = "text/plain" };
        sent.Properties["sensor"] = "edge\u20281";
        App app = new();
        await app.TriggerAsync([sent]);
        KeptLetter letter = Assert.Single(app.Letters.Held);
        Assert.Equal("text/plain", letter.Origin.ContentType);
        Assert.Equal("edge\u20281", letter.Origin.Properties["sensor"]);
        Assert.Equal("no record"u8.ToArray(), letter.Letter.Raw.ToArray());
    }

    [Fact]
    public async Task What_can_be_used_by_now_is_delivered_and_the_rest_stays()
    {
        // The store holds what an earlier version of the app could not read.
        App app = new();
        await app.TriggerAsync(Fleet.Events(["no record"]));
        KeptLetter unusable = Assert.Single(app.Letters.Held);
        string name = Assert.Single(app.Letters.Blobs.Keys);
        await app.Letters.KeepAsync(
            name,
            [unusable, .. Fleet.Records().Select(record => unusable with
            {
                Letter = unusable.Letter with { Raw = Encoding.UTF8.GetBytes(record), Reason = "Not known yet." },
            })],
            CancellationToken.None);

        ReplayOutcome? outcome = await ReplayAsync(app, name);
        Assert.Equal(new ReplayOutcome(name, Fleet.Records().Count + 1, Observed(), 1, true), outcome);
        Assert.Equal(unusable.Letter.Raw.ToArray(), Assert.Single(app.Letters.Held).Letter.Raw.ToArray());
        await app.RunAsync();
        await app.LookAgainAsync();

        App direct = new();
        await direct.TriggerAsync(Fleet.Events(Fleet.Records()));
        await direct.RunAsync();
        await direct.LookAgainAsync();
        Assert.Equal(direct.Detections.Standing(), app.Detections.Standing());
    }

    [Fact]
    public async Task A_blob_of_which_nothing_is_left_goes_and_one_that_is_not_there_is_said_to_be_gone()
    {
        App app = new();
        await app.TriggerAsync(Fleet.Events(["no record"]));
        (string name, KeptLetter letter) = (Assert.Single(app.Letters.Blobs.Keys), Assert.Single(app.Letters.Held));
        byte[] good = Encoding.UTF8.GetBytes(Fleet.Records()[0]);
        await app.Letters.KeepAsync(name, [letter with { Letter = letter.Letter with { Raw = good } }], CancellationToken.None);
        Assert.Equal(0, (await ReplayAsync(app, name))!.Left);
        Assert.Empty(app.Letters.Blobs);
        Assert.Null(await ReplayAsync(app, name));
    }

    [Fact]
    public async Task A_start_that_fails_leaves_the_letters_as_they_were()
    {
        App app = new();
        await app.TriggerAsync(Fleet.Events(["no record"]));
        (string name, KeptLetter letter) = (Assert.Single(app.Letters.Blobs.Keys), Assert.Single(app.Letters.Held));
        byte[] good = Encoding.UTF8.GetBytes(string.Join('\n', Fleet.Records()));
        await app.Letters.KeepAsync(name, [letter with { Letter = letter.Letter with { Raw = good } }], CancellationToken.None);
        string before = app.Letters.Blobs[name];
        app.Client.FailStart = static _ => false;
        await Assert.ThrowsAsync<InvalidOperationException>(() => ReplayAsync(app, name));
        Assert.Equal(before, app.Letters.Blobs[name]);
    }

    private static long Observed() => Fleet.Records().Count;

    private static Task<ReplayOutcome?> ReplayAsync(App app, string name) =>
        app.Replay.ReplayAsync(name, app.Client, TestContext.Current.CancellationToken);
}
