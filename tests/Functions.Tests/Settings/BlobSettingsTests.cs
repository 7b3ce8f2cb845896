using System.Text;
using Azure.Storage.Blobs;
using CipherWatch.Functions.Settings;
using CipherWatch.Functions.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace CipherWatch.Functions.Tests.Settings;

public class BlobSettingsTests(BlobEmulator azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_version_is_read_once_and_the_next_one_again()
    {
        (BlobSettings store, BlobClient blob) = await OpenAsync("versions");
        StoredSettings absent = await store.ReadAsync(null, None);
        Assert.Null(absent.Json);
        Assert.Equal(absent.Tag, (await store.ReadAsync(absent.Tag, None)).Tag);

        await blob.UploadAsync(new BinaryData("{}"), None);
        StoredSettings first = await store.ReadAsync(absent.Tag, None);
        Assert.Equal("{}", Text(first.Json));
        StoredSettings same = await store.ReadAsync(first.Tag, None);
        Assert.Equal((first.Tag, null), (same.Tag, Text(same.Json)));

        await blob.UploadAsync(new BinaryData("{ }"), overwrite: true, None);
        Assert.Equal("{ }", Text((await store.ReadAsync(first.Tag, None)).Json));
    }

    [Fact]
    public async Task Two_writers_do_not_undo_each_other()
    {
        (BlobSettings store, _) = await OpenAsync("writers");
        StoredSettings absent = await store.ReadAsync(null, None);
        Assert.True(await store.ReplaceAsync(absent.Tag, "{}"u8.ToArray(), None));
        Assert.False(await store.ReplaceAsync(absent.Tag, "{ }"u8.ToArray(), None));
        StoredSettings now = await store.ReadAsync(null, None);
        Assert.True(await store.ReplaceAsync(now.Tag, "{ }"u8.ToArray(), None));
        Assert.False(await store.ReplaceAsync(now.Tag, "{  }"u8.ToArray(), None));
    }

    [Fact]
    public async Task The_last_good_version_and_the_judged_one_lie_beside_it()
    {
        (BlobSettings store, BlobClient blob) = await OpenAsync("beside");
        Assert.Null(await store.ReadLastGoodAsync(None));
        Assert.Null(await store.ReadJudgedAsync(None));
        await blob.UploadAsync(new BinaryData("""{ "EntropyThreshold": 6.5 }"""), None);
        LiveStore.Live(store, new FakeTimeProvider());
        await blob.UploadAsync(new BinaryData("""{ "EntropyThreshold": """), overwrite: true, None);

        LiveSettings late = LiveStore.Live(store, new FakeTimeProvider());
        Assert.Equal(6.5, late.Current.Detection.EntropyThreshold);
        Assert.NotNull(late.Status.Problem);
        await store.KeepJudgedAsync("abc", None);
        Assert.Equal("abc", await store.ReadJudgedAsync(None));
    }

    [Fact]
    public async Task A_blob_that_is_no_settings_file_by_its_size_is_not_read()
    {
        (BlobSettings store, BlobClient blob) = await OpenAsync("large");
        await blob.UploadAsync(new BinaryData(new byte[BlobSettings.MaxBytes + 1]), None);
        await Assert.ThrowsAsync<IOException>(() => store.ReadAsync(null, None));
    }

    private async Task<(BlobSettings Store, BlobClient Blob)> OpenAsync(string name)
    {
        BlobContainerClient container = new(azurite.ConnectionString, $"settings-{name}");
        await container.CreateIfNotExistsAsync();
        BlobClient blob = container.GetBlobClient("settings.json");
        return (BlobSettings.Of(blob), blob);
    }

    private static string? Text(ReadOnlyMemory<byte>? json) => json is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;
}
