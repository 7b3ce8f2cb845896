using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Delivery.Tests.Hosting;
using CipherWatch.Functions.Rejudging;
using CipherWatch.Functions.Settings;
using CipherWatch.Functions.Tests.Fakes;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;

namespace CipherWatch.Delivery.Tests;

/// <summary>A settings blob that changes under the app.</summary>
public sealed class RejudgeTests(StorageEmulator emulator) : IClassFixture<StorageEmulator>
{
    private const string Container = "settings";
    private const string Name = "cipherwatch.json";
    private const string Silenced = """{ "Suppressions": [ { "process": "*\\upd.exe", "reason": "A drill" } ], "EntropyThreshold": 7.9 }""";

    [Fact]
    public async Task What_is_open_is_judged_again_by_the_blob_as_it_is_now()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        IReadOnlyList<string> records = Fleet.Records();
        BlobClient blob = new(StorageEmulator.ConnectionString(emulator.Ports), Container, Name);
        await blob.GetParentBlobContainerClient().CreateIfNotExistsAsync(cancellationToken: stop);
        await blob.UploadAsync(BinaryData.FromString("{}"), overwrite: true, stop);
        RunPlan plan = new(records) { BatchSize = 40, Settings = $"{Container}/{Name}", Workers = 1, Partitions = 1 };
        await using DeliveryRun run = await DeliveryRun.GoAsync(emulator, "rejudge", plan);
        Assert.Equal(DetectionsTable.Local(records, Parsed("{}")), await DetectionsTable.ReadAsync(run.Storage, run.Table));

        await blob.UploadAsync(BinaryData.FromString(Silenced), overwrite: true, stop);
        run.Replace();
        BlobSettings store = BlobSettings.Of(blob);
        using LiveSettings live = new(store, TimeProvider.System, NullLogger<LiveSettings>.Instance);
        await live.RefreshAsync(stop);
        SettingsChanged changed = new(live, store, NullLogger<SettingsChanged>.Instance);

        // Every minute, until it has been judged: the second finds the first under way.
        await changed.RunAsync(new TimerInfo(), run.Client, stop);
        await changed.RunAsync(new TimerInfo(), run.Client, stop);
        await run.UntilAllEndedAsync(stop);

        IReadOnlyList<string> expected = DetectionsTable.Local(records, Parsed(Silenced));
        Assert.Contains(expected, line => line.Contains("A drill", StringComparison.Ordinal));
        Assert.Equal(expected, await DetectionsTable.ReadAsync(run.Storage, run.Table));
        Assert.Equal(live.Current.Detection.Version, await store.ReadJudgedAsync(stop));
    }

    private static DetectionSettings Parsed(string json) =>
        SettingsFile.TryLoad(System.Text.Encoding.UTF8.GetBytes(json), out DetectionSettings settings, out IReadOnlyList<string> errors)
            ? settings : throw new InvalidOperationException(string.Join(' ', errors));
}
