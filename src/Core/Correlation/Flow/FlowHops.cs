using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Channel;

namespace CipherWatch.Core.Correlation.Flow;

/// <summary>Where a flow's facts go on to: the processes that own it, and the channels its days belong to.</summary>
public static class FlowHops
{
    /// <summary>What its owners are told; null where the network saw nothing that tells.</summary>
    public static ImmutableArray<FlowSummary>? ToProcess(FlowFacts flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ImmutableArray<FlowSummary> telling = [.. flow.Days.Where(day => day.IsTelling)];
        return telling.IsEmpty ? null : telling;
    }

    /// <summary>What its channels are told: payload and recognised protocols, which is all that a network-only finding can rest on.</summary>
    public static IEnumerable<ChannelFacts> ToChannels(FlowFacts flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return flow.Days.Where(day => !day.Payloads.IsEmpty || !day.Applications.IsEmpty)
            .Select(day => new ChannelFacts { Key = ChannelKey.Of(day), Flows = [day] });
    }
}
