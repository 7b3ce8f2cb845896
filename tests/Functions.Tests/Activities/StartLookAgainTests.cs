using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Functions.Activities;
using CipherWatch.Functions.Orchestrations;
using CipherWatch.Functions.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace CipherWatch.Functions.Tests.Activities;

/// <summary>An entity that asks with every batch is looked at again once in ten minutes.</summary>
public sealed class StartLookAgainTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly DurableClient _client = new();

    [Fact]
    public async Task A_look_stands_for_those_that_ask_within_its_first_wait()
    {
        StartLookAgain start = new(new(LookAgain.UsualWaits), new(_clock));
        await AskAsync(start, "first", "a");
        await AskAsync(start, "second", "a");
        await AskAsync(start, "third", "a", "b");
        Assert.Equal(["first", "third"], _client.Others.Select(other => other.Id));

        _clock.Advance(TimeSpan.FromMinutes(11));
        await AskAsync(start, "fourth", "a");
        Assert.Equal(["first", "third", "fourth"], _client.Others.Select(other => other.Id));
    }

    [Fact]
    public async Task A_start_that_fails_covers_nothing()
    {
        RecentLooks recent = new(_clock);
        StartLookAgain start = new(new(LookAgain.UsualWaits), recent);
        using CancellationTokenSource stopped = new();
        await stopped.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => start.RunAsync(Request("first", "a"), _client, stopped.Token));
        Assert.Single(recent.Uncovered(Request("first", "a").Entities.Facts));
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private Task AskAsync(StartLookAgain start, string id, params string[] hosts) =>
        start.RunAsync(Request(id, hosts), _client, TestContext.Current.CancellationToken);

    private static LookAgainRequest Request(string id, params string[] hosts) =>
        new(id, new([.. hosts.Select(host => new EntityFacts(FactKinds.Clock, FactKinds.Clock.Empty(host)))]));
}
