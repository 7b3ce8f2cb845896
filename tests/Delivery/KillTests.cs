using System.Globalization;
using CipherWatch.Delivery.Tests.Faults;
using CipherWatch.Delivery.Tests.Hosting;
using CipherWatch.DeliveryWorker;
using CipherWatch.Functions.Tests.Fakes;

namespace CipherWatch.Delivery.Tests;

/// <summary>Workers die at every place of their work, and what is in the table is what the local runner finds.</summary>
public sealed class KillTests(StorageEmulator emulator) : IClassFixture<StorageEmulator>
{
    [Fact]
    public async Task Nothing_goes_wrong()
    {
        IReadOnlyList<string> records = Fleet.Records();
        await using DeliveryRun run = await DeliveryRun.GoAsync(emulator, "calm", new(records) { BatchSize = 40 });

        Assert.Equal(DetectionsTable.Local(records), await DetectionsTable.ReadAsync(run.Storage, run.Table));
        TestContext.Current.SendDiagnosticMessage(string.Join(", ", run.Requests.Select(pair => $"{pair.Key} {pair.Value}")));
    }

    /// <summary>Twenty deaths and more; as many as <c>CIPHERWATCH_DELIVERY_KILLS</c> says where it is set.</summary>
    [Fact]
    public async Task Workers_die_at_every_place()
    {
        int kills = Environment.GetEnvironmentVariable("CIPHERWATCH_DELIVERY_KILLS") is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture) : 20;
        DeathPlace[] places = Enum.GetValues<DeathPlace>();
        IReadOnlyList<string> records = Fleet.Records();
        int byTest = kills * 3 / 10;
        RunPlan plan = new(records)
        {
            Seed = 11,
            Deaths = [.. Enumerable.Range(0, kills - byTest).Select(index => new PlannedDeath(places[index % places.Length], 1 + (index % 3)))],
            Kills = byTest,
            LostOperations = 40,
            Limit = TimeSpan.FromMinutes(10 + kills),
        };
        await using DeliveryRun run = await DeliveryRun.GoAsync(emulator, "kills", plan);

        Assert.Equal(DetectionsTable.Local(records), await DetectionsTable.ReadAsync(run.Storage, run.Table));
        Assert.True(run.Died >= kills, string.Create(CultureInfo.InvariantCulture, $"{run.Died} workers died"));
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{run.Died} deaths over {run.Batches} batches"));
    }

    /// <summary>Takes longer than a build may wait: it runs where <c>CIPHERWATCH_DELIVERY_FAULTS</c> is set.</summary>
    [Fact]
    public async Task Storage_fails_in_every_way()
    {
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable("CIPHERWATCH_DELIVERY_FAULTS") is not { Length: > 0 },
            "CIPHERWATCH_DELIVERY_FAULTS is not set: storage that fails takes many minutes.");
        IReadOnlyList<string> records = Fleet.Records();
        FaultPlan faults = new(period: 150, length: 12);
        await using DeliveryRun run = await DeliveryRun.GoAsync(emulator, "faults", new(records) { Seed = 5, Faults = faults });

        Assert.Equal(DetectionsTable.Local(records), await DetectionsTable.ReadAsync(run.Storage, run.Table));
        Assert.All(faults.Made, made => Assert.True(made.Value > 0, $"{made.Key} did not happen"));
    }
}
