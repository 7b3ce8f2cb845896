using CipherWatch.Core.Correlation.Channel;

namespace CipherWatch.Core.Tests.Correlation.Channel;

public class FlowStartTests
{
    [Fact]
    public void The_latest_two_dozen_starts_are_kept_and_counters_grow()
    {
        FlowStart[] starts = [.. Enumerable.Range(0, 30).Select(minute => new FlowStart(60_000 * (30 - minute), 50_100, 10, null))];
        Assert.Equal(starts[..24], FlowStart.Merge([.. starts[20..]], [.. starts[..20]]));
        Assert.Equal(starts[0] with { BytesOut = 20, BytesIn = 5 }, starts[0].Merge(starts[0] with { BytesOut = 20 }).Merge(starts[0] with { BytesOut = 1, BytesIn = 5 }));
    }
}
