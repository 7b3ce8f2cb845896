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
        ImmutableArray<FlowSummary> telling = flow.Key is { } key
            ? [.. flow.Days.Where(day => day.IsTelling).Select(day => day.Told(key))]
            : [];
        return telling.IsEmpty ? null : telling;
    }

    /// <summary>What its channels are told: payload and recognised protocols, which is all that a network-only finding can rest on.</summary>
    /// <remarks>
    /// Who opened a flow may be learned after a channel was told of it under the port's guess. So a day whose records do not bear the
    /// guess out goes to the channels of both directions: the one it belongs to judges it, the other learns that it is not its own.
    /// That rests on the facts alone, so it holds whatever was told before.
    /// </remarks>
    public static IEnumerable<ChannelFacts> ToChannels(FlowFacts flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return flow.Key is not { } flowKey ? [] : flow.Days.Where(IsOfChannel).Select(day => day.Told(flowKey)).SelectMany(day =>
            (day.IsTurned ? [ChannelKey.Of(day), ChannelKey.Reverse(day)] : (ChannelKey[])[ChannelKey.Of(day)])
                .Select(key => new ChannelFacts { Key = key, Flows = [day] }));
    }

    /// <summary>Whether a channel is told of a flow.</summary>
    private static bool IsOfChannel(FlowSummary day) => !day.Payloads.IsEmpty || !day.Applications.IsEmpty;
}
