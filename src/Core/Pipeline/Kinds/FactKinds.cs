using CipherWatch.Core.Correlation.Attempts;
using CipherWatch.Core.Correlation.Audit;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Folding;
using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Analytics;
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
        Fold = static (observation, _) => ObservationFacts.OfClock(observation) is { } clock ? new(observation.Host!, clock) : null,
        HeldBytes = 2_000,
        Converter = ClockFactsConverter.Instance,
        Empty = static host => new(host, HostClock.Unknown),
        TravelsWithOthers = true,
    };

    /// <summary>A flow of which samples name no more than the Community ID: they wait for whoever knows its ends.</summary>
    public static readonly FactKind<FlowId, FlowFacts> Flow = new("flow", 0)
    {
        Empty = static id => new() { Id = id },
        KeyOf = static facts => facts.Id,
        TextOf = static id => id.ToString(),
        Order = Comparer<FlowId>.Default,
        Fold = static (observation, _) => FlowObservationFacts.OfNamed(observation),
        HeldBytes = 1_000,
        Converter = FlowFactsConverter.Instance,
        Hops = static facts => FlowHops.ToChannels(facts).Select(channel => new EntityFacts(Channel!, channel)),
        Asks = static (facts, _) => facts.Key is null ? new() { Name = facts.Id.ToString() } : null,
        Told = static (facts, _, answer) => new() { Id = facts.Id, Key = answer.Named },
    };

    /// <summary>An audit event whose records came in several batches: each tells what it has, and together they say what it did.</summary>
    public static readonly FactKind<AuditEventKey, AuditEventFacts> Audit = new("audit", 0)
    {
        Empty = static key => new() { Key = key },
        KeyOf = static facts => facts.Key,
        TextOf = static key => key.ToString(),
        Order = Comparer<AuditEventKey>.Default,
        Fold = static (observation, _) => AuditObservationFacts.Of(observation),
        HeldBytes = 500,
        Converter = AuditEventFactsConverter.Instance,
        Hops = static facts => AuditObservationFacts.ToProcesses(facts).Select(process => new EntityFacts(Process!, process)),
    };

    /// <summary>A source, a destination and its port: where what an endpoint and what a sensor say of a flow meet.</summary>
    public static readonly FactKind<ChannelKey, ChannelFacts> Channel = new("channel", 2, 4, 8)
    {
        Empty = static key => new() { Key = key },
        KeyOf = static facts => facts.Key,
        TextOf = static key => key.ToString(),
        Order = Comparer<ChannelKey>.Default,
        Fold = FlowObservationFacts.OfChannel,
        HeldBytes = 1_000,
        Converter = ChannelFactsConverter.Instance,
        Forwards = FlowHops.ToChannels,
        Hops = static facts => FlowHops.ToProcesses(facts).Select(process => new EntityFacts(Process!, process)),
        Judge = static (facts, settings) => new(
            [.. Judgement.Of(facts, settings).Select(detection => Supersessions.Apply(facts.Marks, detection))], []),
        Asks = JournalAsks.Of,
        Told = JournalAsks.Told,
        SettledBefore = static facts => facts.ForgetsDays ? facts.Flows.Select(flow => Withdrawal.Date(flow.Day)).Min() : null,
        Withdraw = Withdrawal.Of,
    };

    /// <summary>A process.</summary>
    public static readonly FactKind<ProcessKey, ProcessFacts> Process = new("process", 6)
    {
        Empty = static key => new() { Key = key },
        KeyOf = static facts => facts.Key,
        TextOf = static key => key.Value,
        Order = Comparer<ProcessKey>.Default,
        Fold = static (observation, _) => ObservationFacts.OfProcess(observation),
        HeldBytes = 1_500,
        Converter = ProcessFactsConverter.Instance,
        Judge = Judgement.Of,
        Asks = JournalAsks.Of,
        Told = JournalAsks.Told,
        Words = ProcessWords.Of,
        HopsOfVerdict = static (before, now, verdict) =>
        {
            (SaidMarks said, IReadOnlyList<SupersessionMark> marks) = Supersessions.Say(before, now, verdict);
            return (said, marks.Select(mark => new EntityFacts(Channel, Supersessions.Told(mark, now.Facts!))));
        },
        IsSettled = Withdrawal.IsSettled,
        SettledBefore = Withdrawal.SettledBefore,
        Withdraw = Withdrawal.Of,
        With = new(
            Clock,
            static facts => facts.Key.Host.ToString(),
            static (facts, clock) => facts with { Clock = facts.Clock.Merge(((ClockFacts)clock).Clock) }),
    };

    /// <summary>The calls of a host that carried nothing.</summary>
    public static readonly FactKind<IpAddress, AttemptFacts> Attempts = new("attempts", 0)
    {
        Empty = static address => new() { SourceIp = address },
        KeyOf = static facts => facts.SourceIp,
        TextOf = static address => address.ToString(),
        Order = Comparer<IpAddress>.Default,
        Fold = FlowObservationFacts.OfAttempt,
        HeldBytes = 3_000,
        Converter = AttemptFactsConverter.Instance,
        Judge = static (facts, settings) => new(UnansweredCalls.Judge(facts, settings), []),
        SettledBefore = static facts => facts.FirstWholeDay is { } day ? Withdrawal.Date(day) : null,
        Withdraw = Withdrawal.Of,
    };

    /// <summary>
    /// All of them, in the order in which they are delivered and judged: each tells only those after it, companions first.
    /// </summary>
    public static readonly IReadOnlyList<FactKind> All = [Clock, Flow, Audit, Channel, Process, Attempts];

    /// <summary>Rounds in which entities are called: as many as the rows name, and after each one for the journal.</summary>
    public static readonly int Rounds = All.Max(kind => kind.Rounds[^1]) + 2;

    /// <summary>The place of a kind in <see cref="All"/>.</summary>
    internal static int IndexOf(FactKind kind)
    {
        for (int index = 0; index < All.Count; index++)
        {
            if (All[index] == kind)
            {
                return index;
            }
        }

        throw new ArgumentException("A kind that is in no row.", nameof(kind));
    }

    /// <summary>The kind with a name; null where there is none.</summary>
    public static FactKind? Named(string? name) => All.FirstOrDefault(kind => kind.Name == name);
}
