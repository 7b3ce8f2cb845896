using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Pipeline.Journal;

namespace CipherWatch.Core.Pipeline.Kinds;

/// <summary>What entities ask the journal before they are published, and what its answer adds to their facts.</summary>
internal static class JournalAsks
{
    /// <summary>
    /// Channels with payload that may be evidence, and those that imply a detection without: all that is known of their flows, and whether
    /// keys were exchanged on their channels. What the journal says may take a finding back, or show that a flow began without an exchange.
    /// </summary>
    public static JournalAsk? Of(ChannelFacts facts, ProcessVerdict verdict)
    {
        if (facts.Random.IsEmpty && verdict.Detections.Count == 0)
        {
            return null;
        }

        AskedFlow[] flows =
        [
            .. facts.Random.Select(flow => new AskedFlow(flow.Key, flow.Day, FlowRoute.Random)),
            .. facts.Weak.Select(flow => new AskedFlow(flow.Key, flow.Day, FlowRoute.Weak)),
            .. facts.Records.Select(flow => new AskedFlow(flow.Key, flow.Day, FlowRoute.Record)),
        ];
        return new()
        {
            Flows = [.. flows],
            Channels = [.. facts.Flows.Select(flow => new AskedChannel(facts.Key, flow.Day)).Distinct()],
        };
    }

    /// <summary>What the journal says of a channel's flows, each where the channel keeps it.</summary>
    public static ChannelFacts Told(ChannelFacts facts, JournalAsk ask, JournalAnswer answer) => new ChannelFacts
    {
        Key = facts.Key,
        Exchanges = Ordered(answer.Exchanges),
    }.Merge(Parts(facts, ask, answer));

    /// <summary>
    /// Processes that imply a detection, or would if names said so: whether keys were exchanged with their destinations on the days they
    /// connected, under which names they call them, and on how many hosts the like was seen. On all of those days: what is asked may only
    /// grow with what is known, or the bound on what is kept would depend on when it was asked.
    /// </summary>
    public static JournalAsk? Of(ProcessFacts facts, ProcessVerdict verdict)
    {
        if (verdict is { Detections.Count: 0, NeedsNames: false, IsLowered: false })
        {
            return null;
        }

        int[] days =
        [
            .. facts.Destinations.Select(destination => destination.Key.Day)
                .Concat(DayConnections.Of(facts).Select(day => Day(day.Day))).Distinct(),
        ];
        ImmutableArray<AskedChannel> channels =
        [
            .. from day in days
               from source in facts.Sources
               from destination in facts.Destinations
               select new AskedChannel(new(source, destination.Key.Ip, destination.Key.Port, destination.Key.Protocol), day) into asked
               group asked by asked into asked
               select asked.Key,
        ];
        ImmutableArray<AskedWord> words = [.. ProcessWords.Of(facts).OrderBy(static asked => asked.Word.Key)];
        return channels.IsEmpty && words.IsEmpty ? null
            : new() { Channels = channels, Words = words, Owner = channels.IsEmpty ? 0 : JournalEntry.OwnerOf(facts.Key) };
    }

    /// <summary>What the journal says of a process's channels.</summary>
    public static ProcessFacts Told(ProcessFacts facts, JournalAsk ask, JournalAnswer answer) =>
        new ProcessFacts { Key = facts.Key }.Merge(new()
        {
            Key = facts.Key,

            Names = answer.Names.Aggregate(ImmutableArray<NameFacts>.Empty, static (names, name) =>
                BoundedMap.Merge(names, [name], ProcessFacts.MaxNames, static (left, right) => left.Key.CompareTo(right.Key))),

            Prevalence = answer.Prevalence.Aggregate(
                ImmutableArray<PrevalenceFact>.Empty, static (facts, fact) => PrevalenceFact.Merge(facts, [fact])),

            // Its windows are those of its own connections, and its destinations have their names from them.
            Exchanges = Ordered(answer.Exchanges.Select(static exchange =>
                exchange with { Flow = exchange.Flow with { ServerName = null }, Span = Sightings.None })),
        });

    private static ChannelFacts Parts(ChannelFacts facts, JournalAsk ask, JournalAnswer answer)
    {
        ChannelFacts parts = new() { Key = facts.Key };
        foreach (AskedFlow asked in ask.Flows)
        {
            if (answer.Flows.TryGetValue((asked.Flow, asked.Day), out FlowSummary? flow))
            {
                ChannelFacts part = new() { Key = facts.Key };
                parts = parts.Merge(asked.Class switch
                {
                    FlowRoute.Random => part with { Random = [flow.WithoutApplications()] },
                    FlowRoute.Weak => part with { Weak = [flow.WithoutApplications()] },
                    _ => part with { Records = [flow] },
                });
            }
        }

        return parts;
    }

    private static ImmutableArray<ExchangeFacts> Ordered(IEnumerable<ExchangeFacts> exchanges) =>
        [.. exchanges.Order(Comparer<ExchangeFacts>.Create(static (left, right) => left.CompareKey(right)))];

    private static int Day(DateOnly day) => day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
}
