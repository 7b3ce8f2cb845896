using System.Text;
using Azure.Storage.Blobs;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Functions.DeadLetters;
using CipherWatch.Functions.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace CipherWatch.Functions.Tests.DeadLetters;

public class BlobDeadLettersTests(BlobEmulator azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Letters_come_back_byte_by_byte_and_keeping_them_again_changes_nothing()
    {
        (BlobDeadLetters store, BlobContainerClient container) = Open("roundtrip");
        KeptLetter[] letters = [Letter("\r\n\u2028</script>'\"\\"), Letter(string.Empty), Letter(new string('x', 3 << 20))];
        await store.KeepAsync("windows/2026/03/02/1-a.ndjson", letters, None);
        await store.KeepAsync("windows/2026/03/02/1-a.ndjson", letters, None);
        KeptBatch? kept = await store.ReadAsync("windows/2026/03/02/1-a.ndjson", None);
        Assert.Equal(letters.Select(Raw), kept!.Letters.Select(Raw));
        Assert.Equal("edge-1", kept.Letters[0].Origin.Properties["sensor"]);
        Assert.Equal(letters[0].Origin.EnqueuedTime, kept.Letters[0].Origin.EnqueuedTime);
        Assert.Single(container.GetBlobs());
    }

    [Fact]
    public async Task Names_are_listed_by_prefix_from_where_a_page_ended()
    {
        (BlobDeadLetters store, _) = Open("names");
        Assert.Empty(await NamesAsync(store, null, null));
        foreach (string name in (string[])["linux/a", "windows/a", "windows/b", "windows/c"])
        {
            await store.KeepAsync(name, [Letter("x")], None);
        }

        Assert.Equal(["windows/b", "windows/c"], await NamesAsync(store, "windows/", "windows/a"));
        Assert.Equal(4, (await NamesAsync(store, null, null)).Count);
    }

    [Fact]
    public async Task What_is_left_replaces_what_was_read_unless_somebody_else_was_first()
    {
        (BlobDeadLetters store, _) = Open("replace");
        await store.KeepAsync("a", [Letter("one"), Letter("two")], None);
        KeptBatch read = (await store.ReadAsync("a", None))!;
        Assert.True(await store.ReplaceAsync("a", read.Version, [Letter("two")], None));
        Assert.False(await store.ReplaceAsync("a", read.Version, [], None));
        read = (await store.ReadAsync("a", None))!;
        Assert.Equal("two", Raw(Assert.Single(read.Letters)));
        Assert.True(await store.ReplaceAsync("a", read.Version, [], None));
        Assert.Null(await store.ReadAsync("a", None));
        Assert.False(await store.ReplaceAsync("a", read.Version, [], None));
    }

    private (BlobDeadLetters Store, BlobContainerClient Container) Open(string name)
    {
        BlobContainerClient container = new(azurite.ConnectionString, $"letters-{name}");
        return (new(container, true, NullLogger<BlobDeadLetters>.Instance), container);
    }

    private static async Task<List<string>> NamesAsync(BlobDeadLetters store, string? prefix, string? after)
    {
        List<string> names = [];
        await foreach (string name in store.NamesAsync(prefix, after, None))
        {
            names.Add(name);
        }

        return names;
    }

    private static string Raw(KeptLetter letter) => Encoding.UTF8.GetString(letter.Letter.Raw.Span);

    private static KeptLetter Letter(string raw) => new(
        new("windows", "3", "700", 7, new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero), "host")
        {
            Properties = new Dictionary<string, string> { ["sensor"] = "edge-1" },
        },
        new DeadLetter(new("windows/3@700", 1, 0), "unrecognised", "It fits no format.", 0, Encoding.UTF8.GetBytes(raw)));
}
