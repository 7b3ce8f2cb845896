using CipherWatch.Delivery.Tests.Hosting;
using CipherWatch.Functions.Tests.Fakes;

namespace CipherWatch.Delivery.Tests;

/// <summary>What one process is told of the programs of all other hosts is what the local runner says, though workers die meanwhile.</summary>
public sealed class PrevalenceTests(StorageEmulator emulator) : IClassFixture<StorageEmulator>
{
    [Fact]
    public async Task Of_many_hosts_while_workers_are_killed()
    {
        IReadOnlyList<string> records = ManyHosts.Records();
        await using DeliveryRun run = await DeliveryRun.GoAsync(
            emulator, "prevalence", new(records) { BatchSize = 40, Seed = 3, Kills = 3, LostOperations = 40 });

        IReadOnlyList<string> found = await DetectionsTable.ReadAsync(run.Storage, run.Table);
        Assert.Equal(DetectionsTable.Local(records), found);
        Assert.All(
            (string[])["rareProgram", "Seen on 2 of 24 hosts", "Seen on 12 of 24 hosts"],
            said => Assert.Contains(found, line => line.Contains(said, StringComparison.Ordinal)));
        Assert.Equal(3, run.Died);
    }
}
