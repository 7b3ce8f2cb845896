using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Analytics;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.State;

namespace CipherWatch.Core.Pipeline.Kinds;

/// <summary>What processes say of network-only detections.</summary>
internal static class Supersessions
{
    /// <summary>
    /// What a process says of network-only detections, given what it said before: where flows were crowded out on which that rested, it is
    /// taken back, as a run that saw all at once would not say it.
    /// </summary>
    /// <remarks>
    /// What was said of days whose connections were crowded out stands, as their detections do. What is taken back is said again each
    /// time while it is remembered, as the answer may not have arrived.
    /// </remarks>
    /// <param name="before">Before the operation, but with the facts of after it.</param>
    /// <param name="now">After it.</param>
    /// <param name="verdict">What its facts imply.</param>
    public static (SaidMarks Said, IReadOnlyList<SupersessionMark> Marks) Say(
        EntityState<ProcessFacts> before, EntityState<ProcessFacts> now, ProcessVerdict verdict)
    {
        Dictionary<DetectionId, int> revisions = before.Outbox.ToDictionary(entry => entry.Id, entry => entry.Revision);
        SaidMarks former = before.Said ?? new(before.Outbox.Select(entry => entry.Revision).DefaultIfEmpty().Max(), []);
        SupersessionMark[] marks = [.. Of(now.Facts!, now.Outbox, verdict)];
        Dictionary<(DetectionId Network, DetectionId By), bool> holds = [];
        foreach (SupersessionMark mark in marks)
        {
            holds[(mark.Network, mark.By)] = holds.GetValueOrDefault((mark.Network, mark.By)) || mark.Stands || mark.IsExpected;
        }

        // Of a detection that stands though its facts are gone, what was said stands with it.
        HashSet<DetectionId> gone = [.. revisions.Keys.Except(now.Outbox.Select(entry => entry.Id))];
        DateOnly? settled = Withdrawal.SettledBefore(now.Facts!);
        SaidMark[] kept = [.. former.Marks.Where(mark => !gone.Contains(mark.By) && !(mark.Day < settled))];
        SaidMark[] back = [.. kept.Where(mark => !holds.ContainsKey((Network(mark), mark.By))).Select(mark => mark with { Holds = false })];
        bool changed = now.Outbox.Any(entry => revisions.GetValueOrDefault(entry.Id) != entry.Revision)
            || kept.Any(mark => mark.Holds && !holds.GetValueOrDefault((Network(mark), mark.By)));
        int revision = former.Revision + (changed ? 1 : 0);

        IEnumerable<SaidMark> current = from mark in marks
                                        from day in DayOf(mark)
                                        select new SaidMark(mark.Channel, day, mark.By, holds[(mark.Network, mark.By)]);
        return (
            new(revision, [.. current.Distinct().Concat(back.OrderByDescending(mark => mark.Day)).Take(SaidMarks.Capacity)]),
            [
                .. marks.Select(mark => mark with { Revision = revision })
                    .Concat(back.Select(mark => new SupersessionMark(mark.Channel, Network(mark), mark.By, revision, Stands: false))),
            ]);

        IEnumerable<DateOnly> DayOf(SupersessionMark mark) =>
            now.Outbox.Where(entry => entry.Id == mark.By).Select(entry => entry.Day)
                .Concat(verdict.Expects.Where(expected => expected.Network == mark.Network && expected.By == mark.By)
                    .Select(expected => expected.Day))
                .Take(1);
    }

    private static DetectionId Network(SaidMark mark) => An0404Network.IdOf(mark.Channel, mark.Day);

    /// <summary>
    /// What a process says of each network-only detection on its flows' channels: of those it no longer covers too, and of those that do
    /// not exist yet, as another flow of the channel may bring one.
    /// </summary>
    public static IEnumerable<SupersessionMark> Of(
        ProcessFacts facts, IReadOnlyList<OutboxEntry> outbox, ProcessVerdict verdict) =>
        outbox.SelectMany(entry => facts.NetworkFlows.Where(flow => Withdrawal.Date(flow.Day) == entry.Day)
                .Select(ChannelKey.Of).Distinct()
                .Select(channel => (Channel: channel, Network: An0404Network.IdOf(channel, entry.Day)))
                .Select(pair => new SupersessionMark(
                    pair.Channel, pair.Network, entry.Id, entry.Revision, verdict.Supersedes.Contains(new(pair.Network, entry.Id)),
                    VerdictOn(entry.Id, verdict))))
            .Concat(Expected(verdict, outbox))
            .OrderBy(mark => mark.Network).ThenBy(mark => mark.By);

    /// <summary>A network-only detection with the mark of the process's that covers it; the same where none does.</summary>
    public static Detection Apply(ImmutableArray<SupersessionMark> marks, Detection network) => Apply(
        network,
        marks.Where(mark => mark.Stands && mark.Network == network.DetectionId)
            .Select(mark => (mark.By, mark.Verdict is { } verdict
                ? new DetectionSuppression(verdict.Reason, verdict.Author, verdict.Expires)
                : null)));

    /// <summary>
    /// A network-only detection with the mark of the process's that covers it: of several, one that stands, else one that is suppressed,
    /// and then it is suppressed with it.
    /// </summary>
    /// <param name="network">The network-only detection.</param>
    /// <param name="covering">The processes' detections that cover it, with what suppresses each.</param>
    public static Detection Apply(Detection network, IEnumerable<(DetectionId By, DetectionSuppression? Suppressed)> covering)
    {
        (DetectionId By, DetectionSuppression? Suppressed)[] ordered =
            [.. covering.OrderBy(process => process.Suppressed is not null).ThenBy(process => process.By)];
        return ordered is [var first, ..]
            ? network with { SupersededBy = first.By, Suppressed = network.Suppressed ?? first.Suppressed }
            : network;
    }

    /// <summary>What a process says of channels on which random payload is expected of it.</summary>
    /// <remarks>
    /// It holds for the day and until the process publishes something of that day. Settings that no longer expect it apply to days after.
    /// </remarks>
    public static IEnumerable<SupersessionMark> Expected(ProcessVerdict verdict, IReadOnlyList<OutboxEntry> outbox) =>
        verdict.Expects.Select(expected => new SupersessionMark(
            expected.Channel, expected.Network, expected.By,
            outbox.FirstOrDefault(entry => entry.Id == expected.By)?.Revision ?? 0, Stands: false, IsExpected: true));

    /// <summary>
    /// What a channel is told with a mark: of flows that are expected, which are the process's, as its own records may hide it.
    /// </summary>
    public static ChannelFacts Told(SupersessionMark mark, ProcessFacts facts) => new()
    {
        Key = mark.Channel,
        Marks = [mark],
        Claims = !mark.IsExpected ? [] : facts.Flows.Where(flow => !flow.IsLoose && ChannelKey.Of(flow) == mark.Channel)
            .Select(flow => new FlowClaim(flow.Day, flow.Key, facts.Key))
            .Aggregate(ImmutableArray<FlowClaim>.Empty, static (claims, claim) =>
                BoundedMap.Merge(claims, [claim], ChannelFacts.MaxClaims, static (left, right) => left.CompareRank(right))),
    };

    private static SharedVerdict? VerdictOn(DetectionId id, ProcessVerdict verdict) =>
        verdict.Detections.FirstOrDefault(detection => detection.DetectionId == id)?.Suppressed is { } suppressed
            ? new(suppressed.Reason, suppressed.Author, suppressed.Expires)
            : null;
}
