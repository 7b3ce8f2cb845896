using Azure.Data.Tables;
using CipherWatch.Functions.Health;
using CipherWatch.Functions.Tests.Fakes;
using CipherWatch.Sinks.Tests.Tables;

namespace CipherWatch.Functions.Tests.Health;

public class TableHealthTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Instances_add_up_and_old_days_go()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        TableHealth store = new(new TableClient(azurite.ConnectionString, "instancehealth"));
        DateOnly today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        Assert.Empty((await store.ReadAsync(today, stop)).Sources);
        for (int instance = 0; instance < 2; instance++)
        {
            App app = new();
            await app.TriggerAsync(Fleet.Events(Fleet.Records()));
            await store.KeepAsync(today, $"i{instance}", app.Instance.Changed(-1)!.Value.Json, stop);
            await store.KeepAsync(today.AddDays(-9), $"i{instance}", app.Instance.Changed(-1)!.Value.Json, stop);
        }

        Assert.Equal(2 * Fleet.Records().Count, (await store.ReadAsync(today, stop)).Records.Values.Sum());
        Assert.Equal(4 * Fleet.Records().Count, (await store.ReadAsync(today.AddDays(-10), stop)).Records.Values.Sum());
        await store.ForgetAsync(today.AddDays(-7), stop);
        Assert.Equal(2 * Fleet.Records().Count, (await store.ReadAsync(today.AddDays(-10), stop)).Records.Values.Sum());
    }
}
