using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Folding;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline;

/// <summary>Everything that a set of entity states implies: flows hop to their processes and channels, then all are judged.</summary>
/// <param name="Detections">In order of time, then id.</param>
/// <param name="Entities">Entities that hold facts, channels included.</param>
/// <param name="ProcessHops">Processes that flows hopped to.</param>
/// <param name="ChannelHops">Channels that flows hopped to.</param>
internal sealed record Assessment(IReadOnlyList<Detection> Detections, long Entities, long ProcessHops, long ChannelHops)
{
    /// <summary>Assesses states; they are not changed.</summary>
    public static Assessment Of(EntityStates states, DetectionSettings settings)
    {
        Dictionary<ProcessKey, ProcessFacts> joined = [];
        Dictionary<ChannelKey, ChannelFacts> channels = [];
        foreach (FlowFacts flow in states.Flows.Values)
        {
            foreach (FlowOwner owner in flow.Owners)
            {
                if (FlowHops.ToProcess(flow) is { } summaries && states.Processes.TryGetValue(owner.Key, out ProcessFacts? process))
                {
                    ProcessFacts known = joined.GetValueOrDefault(owner.Key, process);
                    joined[owner.Key] = known.Merge(process with { Flows = summaries });
                }
            }

            foreach (ChannelFacts facts in FlowHops.ToChannels(flow))
            {
                channels[facts.Key] = channels.TryGetValue(facts.Key, out ChannelFacts? known) ? known.Merge(facts) : facts;
            }
        }

        List<Detection> detections = [];
        Dictionary<DetectionId, DetectionId> supersededBy = [];
        foreach ((ProcessKey key, ProcessFacts alone) in states.Processes)
        {
            ProcessFacts facts = joined.GetValueOrDefault(key, alone) with
            {
                Clock = states.Clocks.GetValueOrDefault(key.Host.ToString(), HostClock.Unknown),
            };
            ProcessVerdict verdict = Judgement.Of(facts, settings);
            detections.AddRange(verdict.Detections);
            foreach (Supersession supersession in verdict.Supersedes)
            {
                supersededBy[supersession.Network] = supersededBy.TryGetValue(supersession.Network, out DetectionId by) && by < supersession.By
                    ? by
                    : supersession.By;
            }
        }

        detections.AddRange(channels.Values.SelectMany(channel => Judgement.Of(channel, settings))
            .Select(network => supersededBy.TryGetValue(network.DetectionId, out DetectionId by) ? network with { SupersededBy = by } : network));
        return new(
            [.. detections.OrderBy(detection => detection.Time).ThenBy(detection => detection.DetectionId)],
            states.Count + channels.Count,
            joined.Count,
            channels.Count);
    }
}
