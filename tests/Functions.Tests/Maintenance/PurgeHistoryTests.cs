using CipherWatch.Functions.Maintenance;
using CipherWatch.Functions.Tests.Fakes;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CipherWatch.Functions.Tests.Maintenance;

public class PurgeHistoryTests
{
    [Theory]
    [InlineData(null, 7)]
    [InlineData("2", 2)]
    [InlineData("0", 1)]
    [InlineData("soon", 7)]
    public async Task Only_what_is_done_and_old_enough_goes(string? setting, int days)
    {
        DateTimeOffset now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([new("CIPHERWATCH_HISTORY_DAYS", setting)]).Build();
        DurableClient client = new();
        await new PurgeHistory(new FakeTimeProvider(now), configuration, NullLogger<PurgeHistory>.Instance)
            .RunAsync(new TimerInfo(), client, CancellationToken.None);
        Assert.Equal(now.AddDays(-days), client.Purged!.CreatedTo);
        Assert.Equal([OrchestrationRuntimeStatus.Completed], client.Purged.Statuses);
    }
}
