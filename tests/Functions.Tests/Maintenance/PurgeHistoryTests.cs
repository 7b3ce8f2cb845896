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
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, 7)]
    [InlineData("2", 2)]
    [InlineData("0", 1)]
    [InlineData("soon", 7)]
    public async Task What_has_ended_goes_when_it_is_old_enough_and_what_failed_much_later(string? setting, int days)
    {
        DurableClient client = Client();
        await RunAsync(client, new FakeTimeProvider(Now), setting);
        Assert.Equal(
            [(Now.AddDays(-days), "Completed"), (Now.AddDays(-days * 4), "Failed Terminated")],
            client.Queries.Select(query => (query.CreatedTo!.Value, string.Join(' ', query.Statuses!))));
        Assert.Equal(["done", "failed"], client.Purged.Order());
    }

    [Fact]
    public async Task A_run_that_is_out_of_time_leaves_the_rest_to_the_next()
    {
        // Every look at the clock takes a minute.
        DurableClient client = Client();
        await RunAsync(client, new FakeTimeProvider(Now) { AutoAdvanceAmount = TimeSpan.FromMinutes(1) }, null);
        Assert.Equal(["done"], client.Purged);
    }

    private static DurableClient Client()
    {
        DurableClient client = new();
        client.Statuses["done"] = OrchestrationRuntimeStatus.Completed;
        client.Statuses["failed"] = OrchestrationRuntimeStatus.Failed;
        client.Statuses["running"] = OrchestrationRuntimeStatus.Running;
        return client;
    }

    private static Task RunAsync(DurableClient client, TimeProvider clock, string? setting) =>
        new PurgeHistory(
            clock,
            new ConfigurationBuilder().AddInMemoryCollection([new("CIPHERWATCH_HISTORY_DAYS", setting)]).Build(),
            NullLogger<PurgeHistory>.Instance)
            .RunAsync(new TimerInfo(), client, CancellationToken.None);
}
