using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Folding;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.State;

namespace CipherWatch.Core.Pipeline.Kinds;

/// <summary>The kinds of fact there are, one row each.</summary>
public static class FactKinds
{
    /// <summary>A host's clocks.</summary>
    public static readonly FactKind<string, ClockFacts> Clock = new("clock", 0)
    {
        KeyOf = static facts => facts.Host,
        TextOf = static host => host,
        Order = StringComparer.Ordinal,
        Fold = static observation => ObservationFacts.OfClock(observation) is { } clock ? new(observation.Host!, clock) : null,
        Converter = ClockFactsConverter.Instance,
        Unknown = static host => new(host, HostClock.Unknown),
    };

    /// <summary>A flow: where an endpoint's connection and a sensor's records meet.</summary>
    public static readonly FactKind<FlowId, FlowFacts> Flow = new("flow", 0)
    {
        KeyOf = static facts => facts.Id,
        TextOf = static id => id.ToString(),
        Order = Comparer<FlowId>.Default,
        Fold = FlowObservationFacts.Of,
        Converter = FlowFactsConverter.Instance,
        Hops = static facts => [.. ToProcesses(facts), .. FlowHops.ToChannels(facts).Select(channel => new EntityFacts(Channel!, channel))],
    };

    /// <summary>A process.</summary>
    public static readonly FactKind<ProcessKey, ProcessFacts> Process = new("process", 1)
    {
        KeyOf = static facts => facts.Key,
        TextOf = static key => key.Value,
        Order = Comparer<ProcessKey>.Default,
        Fold = ObservationFacts.OfProcess,
        Converter = ProcessFactsConverter.Instance,
        Judge = Judgement.Of,
        HopsOfVerdict = static (facts, outbox, verdict) => Supersessions.Of(facts, outbox, verdict.Supersedes)
            .Select(mark => new EntityFacts(Channel!, new ChannelFacts { Key = mark.Channel, Marks = [mark] })),
        SettledBefore = static facts => facts.ForgetsDays ? DayConnections.Of(facts).Min(day => day.Day) : null,
        Withdraw = Withdrawal.Of,
        With = new(
            Clock,
            static facts => facts.Key.Host.ToString(),
            static (facts, clock) => facts with { Clock = facts.Clock.Merge(((ClockFacts)clock).Clock) }),
    };

    /// <summary>A source, a destination and its port.</summary>
    public static readonly FactKind<ChannelKey, ChannelFacts> Channel = new("channel", 2)
    {
        KeyOf = static facts => facts.Key,
        TextOf = static key => key.ToString(),
        Order = Comparer<ChannelKey>.Create(static (left, right) => string.CompareOrdinal(left.ToString(), right.ToString())),
        Fold = static _ => null,
        Converter = ChannelFactsConverter.Instance,
        Judge = static (facts, settings) => new(
            [.. Judgement.Of(facts, settings).Select(detection => detection with { SupersededBy = Supersessions.By(facts.Marks, detection.DetectionId) })], []),
        SettledBefore = static facts => facts.ForgetsDays ? facts.Flows.Select(flow => Withdrawal.Date(flow.Day)).Min() : null,
        Withdraw = Withdrawal.Of,
    };

    /// <summary>All of them, in the order in which a batch's facts are delivered.</summary>
    public static readonly IReadOnlyList<FactKind> All = [Flow, Process, Channel, Clock];

    /// <summary>Rounds in which entities are called: as many as the rows name.</summary>
    public static readonly int Rounds = All.Max(kind => kind.Rounds[^1]) + 1;

    /// <summary>The kind with a name; null where there is none.</summary>
    public static FactKind? Named(string? name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>A flow's owners do not know its platform: that of a process's own facts orders before this one.</summary>
    private static IEnumerable<EntityFacts> ToProcesses(FlowFacts flow) => flow.Owners.IsEmpty || FlowHops.ToProcess(flow) is not { } flows ? []
        : flow.Owners.Select(owner => new EntityFacts(Process!, new ProcessFacts { Key = owner.Key, Platform = TelemetryPlatform.Network, Flows = flows }));
}
