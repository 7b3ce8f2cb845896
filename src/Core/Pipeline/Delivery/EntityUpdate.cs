using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Analytics;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.State;

namespace CipherWatch.Core.Pipeline.Delivery;

/// <summary>
/// What an entity does with an operation: merge, judge, answer. Pure, so that an operation that runs twice leaves the same state and
/// gives the same answer.
/// </summary>
public static class EntityUpdate
{
    /// <summary>Marks that a channel keeps.</summary>
    private const int MarkCapacity = 16;

    /// <summary>A process: merges facts, flows and clock; answers all that it now implies.</summary>
    /// <remarks>
    /// A process keeps the clock it was given. When its host's offset changes, a process judged before gets the newer clock with its
    /// next operation, not at once: a host's clock entity does not know its processes. Until then its times, and what rests on
    /// them, are those of the older clock.
    /// </remarks>
    public static (ProcessState State, EntityAnswer Answer) Apply(ProcessState? state, ProcessOperation operation, DetectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ProcessFacts facts = Joined(operation);
        facts = state?.Facts is { SchemaVersion: ProcessFacts.CurrentSchema } known ? known.Merge(facts) : facts;
        ProcessVerdict verdict = Judgement.Of(facts, settings);
        DateOnly? settledBefore = facts.ForgetsDays ? DayConnections.Of(facts).Min(day => day.Day) : null;
        (IReadOnlyList<OutboxEntry> outbox, IReadOnlyList<Detection> publish) = DetectionOutbox.Update(
            state?.Outbox ?? [], verdict.Detections, settledBefore, entry => Withdrawal.Of(entry, facts, settings));
        return (new(facts, outbox), new(publish, [.. Marks(facts, outbox, verdict.Supersedes)]));
    }

    /// <summary>A flow: merges; answers where its facts go on to, with nothing that the next round has no use for.</summary>
    /// <returns>The state, and the flow as its hops need it; null where it hops nowhere.</returns>
    public static (FlowFacts State, FlowFacts? Answer) Apply(FlowFacts? state, FlowFacts operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        FlowFacts facts = state is { SchemaVersion: FlowFacts.CurrentSchema } ? state.Merge(operation) : operation;
        bool toProcess = !facts.Owners.IsEmpty && FlowHops.ToProcess(facts) is not null;
        FlowFacts hops = facts with
        {
            Days = facts.Key is { } key ? [.. facts.Days.Where(day => day.IsTelling).Select(day => day.Told(key))] : [],
            Owners = [.. facts.Owners.Select(owner => owner with { Connections = Sightings.None })],
        };
        return (facts, toProcess || FlowHops.ToChannels(facts).Any() ? hops : null);
    }

    /// <summary>A host's clocks: merges; answers all that is known of them.</summary>
    public static ClockState Apply(ClockState? state, HostClock operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return new(
            ClockState.CurrentSchema,
            state is { SchemaVersion: ClockState.CurrentSchema } known ? known.Clock.Merge(operation) : operation);
    }

    /// <summary>A channel: merges flows and marks; answers all that it now implies.</summary>
    public static (ChannelState State, EntityAnswer Answer) Apply(ChannelState? state, ChannelOperation operation, DetectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ChannelFacts facts = state?.Facts is { SchemaVersion: ChannelFacts.CurrentSchema } known ? known : new() { Key = operation.Key };
        foreach (FlowSummary flow in operation.Flows)
        {
            facts = facts.Merge(new() { Key = operation.Key, Flows = [flow] });
        }

        ImmutableArray<SupersessionMark> marks = [.. state?.Marks ?? []];
        foreach (SupersessionMark mark in operation.Marks)
        {
            marks = BoundedMap.Merge(marks, [mark], MarkCapacity, SupersessionMark.CompareKeys);
        }

        IReadOnlyList<Detection> implied =
            [.. Judgement.Of(facts, settings).Select(detection => detection with { SupersededBy = By(marks, detection.DetectionId) })];
        DateOnly? settledBefore = facts.ForgetsDays ? facts.Flows.Select(flow => Withdrawal.Date(flow.Day)).Min() : null;
        (IReadOnlyList<OutboxEntry> outbox, IReadOnlyList<Detection> publish) = DetectionOutbox.Update(
            state?.Outbox ?? [], implied, settledBefore, entry => Withdrawal.Of(entry, facts, settings));
        return (new(facts, marks, outbox), new(publish, []));
    }

    private static ProcessFacts Joined(ProcessOperation operation)
    {
        // A flow that hops does not say which platform its owner is of; the platform of the owner's own facts orders before this.
        ProcessFacts facts = operation.Facts ?? new() { Key = operation.Key, Platform = TelemetryPlatform.Network };
        foreach (FlowSummary flow in operation.Flows)
        {
            facts = facts.Merge(facts with { Flows = [flow] });
        }

        return operation.Clock is { } clock ? facts with { Clock = facts.Clock.Merge(clock) } : facts;
    }

    /// <summary>
    /// What the process says of each network-only detection on its flows' channels: of those it no longer covers too, and of those
    /// that do not exist yet, as another flow of the channel may bring one.
    /// </summary>
    private static IEnumerable<SupersessionMark> Marks(
        ProcessFacts facts, IReadOnlyList<OutboxEntry> outbox, IReadOnlyList<Supersession> supersedes) =>
        outbox.SelectMany(entry => facts.Flows.Where(flow => Withdrawal.Date(flow.Day) == entry.Day)
                .Select(ChannelKey.Of).Distinct()
                .Select(channel => (Channel: channel, Network: An0404Network.IdOf(channel, entry.Day)))
                .Select(pair => new SupersessionMark(
                    pair.Channel, pair.Network, entry.Id, entry.Revision, supersedes.Contains(new(pair.Network, entry.Id)))))
            .OrderBy(mark => mark.Network).ThenBy(mark => mark.By);

    private static DetectionId? By(ImmutableArray<SupersessionMark> marks, DetectionId network) =>
        marks.Where(mark => mark.Stands && mark.Network == network).Select(mark => (DetectionId?)mark.By).Min();
}
