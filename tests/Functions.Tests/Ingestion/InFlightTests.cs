using CipherWatch.Functions.Ingestion;
using CipherWatch.Functions.Tests.Fakes;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;

namespace CipherWatch.Functions.Tests.Ingestion;

/// <summary>What is under way stays within its bound, lane by lane.</summary>
public sealed class InFlightTests : IAsyncDisposable
{
    private static readonly InFlightLimits Limits = new(2, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1));
    private readonly FakeTimeProvider _clock = new();
    private readonly DurableClient _client = new();

    [Fact]
    public async Task A_full_lane_waits_until_one_has_ended()
    {
        InFlight inFlight = new(Limits, _clock);
        await StartAsync(inFlight, "a", "b");
        Task third = inFlight.RoomAsync(_client, "hub/0", CancellationToken.None);
        Assert.False(third.IsCompleted);
        _client.Statuses["a"] = OrchestrationRuntimeStatus.Completed;
        _clock.Advance(TimeSpan.FromSeconds(1));
        await third;
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    [InlineData(null)]
    public async Task What_has_ended_in_any_way_or_is_gone_makes_room(OrchestrationRuntimeStatus? status)
    {
        InFlight inFlight = new(Limits, _clock);
        await StartAsync(inFlight, "a", "b");
        _client.Statuses.Remove("a");
        if (status is { } ended)
        {
            _client.Statuses["a"] = ended;
        }

        await inFlight.RoomAsync(_client, "hub/0", CancellationToken.None);
    }

    [Fact]
    public async Task A_lane_that_stays_full_fails_to_be_tried_again()
    {
        InFlight inFlight = new(Limits, _clock);
        await StartAsync(inFlight, "a", "b");
        Task third = inFlight.RoomAsync(_client, "hub/0", CancellationToken.None);
        for (int second = 0; second < 30; second++)
        {
            Assert.False(third.IsCompleted);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        // Looks wait longer each time: the last may begin just before the limit.
        _clock.Advance(TimeSpan.FromSeconds(8));

        BacklogException backlog = await Assert.ThrowsAsync<BacklogException>(() => third);
        Assert.Contains("hub/0", backlog.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_lane_does_not_wait_for_another()
    {
        InFlight inFlight = new(Limits, _clock);
        await StartAsync(inFlight, "a", "b");
        await inFlight.RoomAsync(_client, "hub/1", CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task StartAsync(InFlight inFlight, params string[] ids)
    {
        foreach (string id in ids)
        {
            await inFlight.RoomAsync(_client, "hub/0", CancellationToken.None);
            inFlight.Add("hub/0", id);
            _client.Statuses[id] = OrchestrationRuntimeStatus.Running;
        }
    }
}
