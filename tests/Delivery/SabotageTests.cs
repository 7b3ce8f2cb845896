using CipherWatch.Delivery.Tests.Hosting;
using CipherWatch.DeliveryWorker;
using CipherWatch.Functions.Tests.Fakes;

namespace CipherWatch.Delivery.Tests;

/// <summary>What the other tests compare would see it, if the app were broken.</summary>
public sealed class SabotageTests(StorageEmulator emulator) : IClassFixture<StorageEmulator>
{
    [Fact]
    public async Task Facts_that_go_by_signals_are_lost_with_a_worker()
    {
        IReadOnlyList<string> records = Fleet.Records();
        RunPlan plan = new(records) { Sabotage = Sabotage.Signals, LostOperations = 3, BatchSize = 40, Workers = 1, Partitions = 1 };
        await using DeliveryRun run = await DeliveryRun.GoAsync(emulator, "signals", plan);

        Assert.NotEqual(DetectionsTable.Local(records), await DetectionsTable.ReadAsync(run.Storage, run.Table));
    }

    [Fact]
    public async Task Calls_are_not()
    {
        IReadOnlyList<string> records = Fleet.Records();
        RunPlan plan = new(records) { LostOperations = 3, BatchSize = 40, Workers = 1, Partitions = 1 };
        await using DeliveryRun run = await DeliveryRun.GoAsync(emulator, "calls", plan);

        Assert.Equal(DetectionsTable.Local(records), await DetectionsTable.ReadAsync(run.Storage, run.Table));
    }

    [Fact]
    public async Task Publications_without_a_key_are_there_more_than_once()
    {
        IReadOnlyList<string> records = Fleet.Records();
        RunPlan plan = new(records)
        {
            Sabotage = Sabotage.UnkeyedDetections,
            Deaths = [new(DeathPlace.AfterPublishing, 1)],
            BatchSize = 40,
            Workers = 1,
            Partitions = 1,
        };
        await using DeliveryRun run = await DeliveryRun.GoAsync(emulator, "unkeyed", plan);

        Assert.NotEqual(DetectionsTable.Local(records).Count, (await DetectionsTable.ReadAsync(run.Storage, run.Table)).Count);
    }
}
