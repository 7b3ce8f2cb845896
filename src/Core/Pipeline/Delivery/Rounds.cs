using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.Delivery;

/// <summary>
/// Which entities an orchestration calls after the first round, and with what: pure functions of what the rounds before answered, in
/// the same order on every replay. Facts go flow → process → channel and never back.
/// </summary>
public static class Rounds
{
    /// <summary>
    /// The processes of the batch, with what its flows and its hosts' clocks say, and the processes that flows hopped to beside
    /// them.
    /// </summary>
    public static IReadOnlyList<ProcessOperation> Processes(
        BatchPart batch, IReadOnlyList<FlowFacts> flows, IReadOnlyList<ClockFacts> clocks)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(flows);
        Dictionary<string, HostClock> clockOf = clocks.ToDictionary(clock => clock.Host, clock => clock.Clock, StringComparer.Ordinal);
        Dictionary<ProcessKey, ProcessFacts?> facts = batch.Processes.ToDictionary(process => process.Key, process => (ProcessFacts?)process);
        Dictionary<ProcessKey, List<FlowSummary>> hops = [];
        foreach (FlowFacts flow in flows)
        {
            if (FlowHops.ToProcess(flow) is not { } summaries)
            {
                continue;
            }

            foreach (FlowOwner owner in flow.Owners)
            {
                facts.TryAdd(owner.Key, null);
                hops.TryAdd(owner.Key, []);
                hops[owner.Key].AddRange(summaries);
            }
        }

        return
        [
            .. facts.OrderBy(process => process.Key).Select(process => new ProcessOperation(
                process.Key,
                process.Value,
                hops.GetValueOrDefault(process.Key, []),
                clockOf.GetValueOrDefault(process.Key.Host.ToString()))),
        ];
    }

    /// <summary>The channels that flows hopped to.</summary>
    public static IReadOnlyList<ChannelOperation> Channels(IReadOnlyList<FlowFacts> flows) =>
    [
        .. flows.SelectMany(FlowHops.ToChannels).GroupBy(channel => channel.Key)
            .Select(channel => new ChannelOperation(channel.Key, [.. channel.SelectMany(facts => facts.Flows)], []))
            .OrderBy(channel => channel.Key.ToString(), StringComparer.Ordinal),
    ];

    /// <summary>The channels whose detections processes cover, or no longer do. Few: only a process that has a detection says so.</summary>
    public static IReadOnlyList<ChannelOperation> Superseded(IReadOnlyList<EntityAnswer> processes) =>
    [
        .. processes.SelectMany(process => process.Marks).GroupBy(mark => mark.Channel)
            .Select(channel => new ChannelOperation(channel.Key, [], [.. channel]))
            .OrderBy(channel => channel.Key.ToString(), StringComparer.Ordinal),
    ];

    /// <summary>What to publish of all that was answered: of each detection the latest word.</summary>
    public static Publication Publication(IEnumerable<EntityAnswer> answers) => new(
    [
        .. answers.SelectMany(answer => answer.Detections).GroupBy(detection => detection.DetectionId)
            .Select(detection => detection.MaxBy(word => word.Revision)!)
            .OrderBy(detection => detection.Time).ThenBy(detection => detection.DetectionId),
    ]);
}
