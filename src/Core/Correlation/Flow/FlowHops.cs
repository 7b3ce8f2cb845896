using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Process;

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

        ImmutableArray<FlowSummary> flows = channel.OwnFlows;
        return channel.Claims.Select(claim => (claim.Owner, Flows: flows.Where(flow => flow.IsTelling)
                .Select(flow => claim.Names(flow) ? flow : claim.MayName(flow) ? flow with { IsLoose = true } : null)
                .OfType<FlowSummary>().ToImmutableArray()))
            .Where(claim => !claim.Flows.IsEmpty)
            .Select(claim => new ProcessFacts
            {
                Key = claim.Owner,
                Flows = [.. claim.Flows.Select(flow => flow.Told(flow.Key).WithoutApplications())],
            });
    }

    /// <summary>
    /// What other channels are told: flows that came here because their port looked like a service's, and that the other end turned out to
    /// have opened. They are told where they belong, and judged there; a channel tells none that belongs to it, so there is no cycle. And
    /// flows that no record names go where those meet whose records hide the other end; nothing is told from there.
    /// </summary>
    public static IEnumerable<ChannelFacts> ToChannels(ChannelFacts channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.Random.IsEmpty || channel.Key.IsHidden ? [] : channel.OwnFlows
            .Where(flow => channel.Random.Any(random => random.Key == flow.Key && random.Day == flow.Day))
            .Select(flow => (Flow: flow, Key: ChannelKey.Of(flow)))
            .Where(flow => flow.Key != channel.Key
                || !(flow.Flow.IsTurned || channel.Claims.Any(claim => claim.Names(flow.Flow))))
            .Select(flow => new ChannelFacts
            {
                Key = flow.Key != channel.Key ? flow.Key : flow.Key.ToHidden(),
                Random = [flow.Flow.WithoutApplications()],
            });
    }

    /// <summary>What channels are told of a flow that was named by its Community ID only, once its ends are known.</summary>
    public static IEnumerable<ChannelFacts> ToChannels(FlowFacts flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        if (flow.Key is not { } key)
        {
            return [];
        }

        // States of the schema before channels kept their flows have owners too.
        ChannelFacts[] days = [.. flow.Days.Select(day => day.Told(key)).Select(day => day.Payloads.IsEmpty
            ? new ChannelFacts { Key = ChannelKey.Of(day), Records = [day] }
            : new ChannelFacts { Key = ChannelKey.Of(day), Random = [day.WithoutApplications()] })];
        return days.SelectMany(day => flow.Owners.Select(owner => new ChannelFacts
        {
            Key = day.Key,
            Claims = [new(day.Flows[0].Day, key, owner.Key)],
        }).Prepend(day));
    }
}
