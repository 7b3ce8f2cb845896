using System.Globalization;
using Azure.Data.Tables;
using CipherWatch.Functions.Retention;
using CipherWatch.Sinks.Tests.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CipherWatch.Functions.Tests.Retention;

public class ExpireRowsTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Rows_go_when_their_days_are_over_and_no_others()
    {
        TableClient table = new(azurite.ConnectionString, "Expiring");
        TableClient absent = new(azurite.ConnectionString, "NotThere");
        await table.CreateIfNotExistsAsync(TestContext.Current.CancellationToken);
        foreach (string partition in (string[])["2026030111", "2026030112-a0", "2026030113-ff", "2026030212"])
        {
            for (int row = 0; row < 3; row++)
            {
                await table.AddEntityAsync(
                    new TableEntity(partition, row.ToString(CultureInfo.InvariantCulture)), TestContext.Current.CancellationToken);
            }
        }

        FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 3, 13, 20, 0, TimeSpan.Zero));
        ExpireRows expire = new([new(absent, 1), new(table, 2)], clock, NullLogger<ExpireRows>.Instance);
        await expire.RunAsync(new(), TestContext.Current.CancellationToken);
        Assert.Equal(["2026030113-ff", "2026030212"], table.Query<TableEntity>().Select(row => row.PartitionKey).Distinct());
    }
}
