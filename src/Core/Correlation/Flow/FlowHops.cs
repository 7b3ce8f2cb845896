using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Correlation.Flow;

/// <summary>Where a flow's facts go on to.</summary>
public static class FlowHops
{
    /// <summary>What the owners of a channel's flows are told: all that the network saw of them.</summary>
    public static IEnumerable<ProcessFacts> ToProcesses(ChannelFacts channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        if (channel.Claims.IsEmpty)
        {
            return [];
        }

        ImmutableArray<FlowSummary> flows = channel.Flows;
        return channel.Claims.Select(claim => (claim.Owner, Flows: flows.Where(flow => flow.Key == claim.Flow && flow.IsTelling).ToImmutableArray()))
            .Where(claim => !claim.Flows.IsEmpty)

            // A flow does not know its owner's platform: that of the owner's own facts orders before this one.
            .Select(claim => new ProcessFacts { Key = claim.Owner, Platform = TelemetryPlatform.Network, Flows = [.. claim.Flows.Select(flow => flow.Told(flow.Key))] });
    }

    /// <summary>What channels are told of a flow that was named by its Community ID only, once its ends are known.</summary>
    public static ChannelFacts? ToChannel(FlowFacts flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        if (flow.Key is not { } key)
        {
            return null;
        }

        ImmutableArray<FlowSummary> days = [.. flow.Days.Select(day => day.Told(key))];
        return new ChannelFacts { Pair = AddressPair.Of(key) }.Merge(new()
        {
            Pair = AddressPair.Of(key),
            Random = [.. days.Where(day => !day.Payloads.IsEmpty).OrderByDescending(day => day.Day)],
            Records = [.. days.Where(day => day.Payloads.IsEmpty).OrderByDescending(day => day.Day)],
            Claims = [.. flow.Owners.SelectMany(owner => days.Select(day => new FlowClaim(day.Day, key, owner.Key)).DefaultIfEmpty(new(0, key, owner.Key)))
                .Order(Comparer<FlowClaim>.Create(static (left, right) => left.CompareRank(right)))],
        });
    }
}
