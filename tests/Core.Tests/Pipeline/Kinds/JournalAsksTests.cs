using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Journal;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Pipeline.Kinds;

/// <summary>What entities ask the journal before anything of them is published, and what its answer tells them.</summary>
public class JournalAsksTests
{
    private static readonly FlowSummary Flow = Example.Summary with { SecondInitiates = false };
    private static readonly ProcessVerdict Found = new(
        [Withdrawal.Of(new OutboxEntry(Example.Detection("AN0400"), "AN0400", 1, 1, false, default, default, default), Example.Process, DetectionSettings.Default)], []);

    [Fact]
    public void A_channel_asks_where_payload_may_be_evidence_or_something_is_implied_without()
    {
        ChannelFacts weak = new() { Key = Example.ChannelKey, Weak = [Flow] }, random = new() { Key = Example.ChannelKey, Random = [Flow] };
        Assert.Null(JournalAsks.Of(weak, ProcessVerdict.Nothing));
        Assert.NotNull(JournalAsks.Of(weak, Found));
        Assert.NotNull(JournalAsks.Of(random, ProcessVerdict.Nothing));
    }

    [Fact]
    public void A_channel_asks_for_its_flows_as_what_it_keeps_them_and_for_each_of_their_days()
    {
        JournalAsk ask = JournalAsks.Of(Example.Channel with { Exchanges = [] }, ProcessVerdict.Nothing)!;
        Assert.Equal(
            [
                new AskedFlow(Flow.Key, Example.Day, FlowRoute.Random), new AskedFlow(Flow.Key, Example.Day - 1, FlowRoute.Weak),
                new AskedFlow(Flow.Key, Example.Day - 2, FlowRoute.Record),
            ],
            ask.Flows);
        Assert.Equal(
            [.. Enumerable.Range(0, 3).Select(day => new AskedChannel(Example.ChannelKey, Example.Day - day))],
            ask.Channels);
    }

    [Theory]
    [InlineData(FlowRoute.Random, 0)]
    [InlineData(FlowRoute.Weak, 0)]
    [InlineData(FlowRoute.Record, 1)]
    public void A_channel_is_told_of_a_flow_as_what_it_keeps_it(FlowRoute kept, int applications)
    {
        JournalAsk ask = new() { Flows = [new(Flow.Key, Example.Day, kept), new(NextPort(Flow).Key, Example.Day, kept)] };
        ChannelFacts told = JournalAsks.Told(new ChannelFacts { Key = Example.ChannelKey }, ask, Answer(ask, Flow));

        Assert.Equal(Example.ChannelKey, told.Key);
        FlowSummary flow = Assert.Single(kept == FlowRoute.Random ? told.Random : kept == FlowRoute.Weak ? told.Weak : told.Records);
        Assert.Equal((Flow.Key, Flow.Handshake, applications), (flow.Key, flow.Handshake, flow.Applications.Length));
        Assert.Equal(1, told.Random.Length + told.Weak.Length + told.Records.Length);
    }

    [Fact]
    public void A_process_asks_only_where_it_implies_something()
    {
        Assert.Null(JournalAsks.Of(Example.Process, ProcessVerdict.Nothing));
        Assert.NotNull(JournalAsks.Of(Example.Process, Found));
        Assert.NotNull(JournalAsks.Of(Example.Process, ProcessVerdict.Nothing with { IsLowered = true }));
        Assert.Null(JournalAsks.Of(Example.Process with { Sources = [], Hash = null, Signer = null, Runs = [] }, Found));

        // Who does not know its own address asks what needs none.
        JournalAsk ask = JournalAsks.Of(Example.Process with { Sources = [] }, Found)!;
        Assert.Equal((0, 0UL), (ask.Channels.Length, ask.Owner));
        Assert.NotEmpty(ask.Words);
    }

    [Fact]
    public void A_process_asks_for_the_day_that_its_hosts_clock_showed_and_for_the_one_that_it_was()
    {
        // The recorder's clock is a day ahead.
        ProcessFacts facts = Example.Process with
        {
            Starts = Sightings.None,
            Ends = Sightings.None,
            Runs = [],
            FirstSeen = null,
            Clock = new() { Samples = [new(FactClock.Record, 1, Example.Id(10), 86_400_000)] },
        };
        Assert.Equal(
            [new AskedChannel(Example.ChannelKey, Example.Day), new AskedChannel(Example.ChannelKey, Example.Day - 1)],
            JournalAsks.Of(facts, Found)!.Channels);
    }

    [Fact]
    public void Exchanges_are_told_in_the_order_in_which_states_keep_them()
    {
        ChannelKey[] channels = [Example.ChannelKey, Example.ChannelKey with { DestinationPort = 8445 }];
        FlowSummary[] flows = [Flow, NextPort(Flow), Flow with { Day = Example.Day + 1 }];
        JournalAsk ask = new()
        {
            Channels = [new(channels[1], Example.Day), new(channels[0], Example.Day), new(channels[0], Example.Day + 1)],
        };
        ChannelKey[] expected = [channels[0], channels[0], channels[1]];
        foreach (FlowSummary[] order in new[] { flows, [.. flows.Reverse()] })
        {
            ProcessFacts process = JournalAsks.Told(new ProcessFacts { Key = Example.Process.Key }, ask, Answer(ask, order));
            Assert.Equal(expected, process.Exchanges.Select(exchange => exchange.Channel));
            Assert.Equal([Example.Day + 1, Example.Day, Example.Day], process.Exchanges.Select(exchange => exchange.Flow.Day));
            Assert.Equal(Example.Process.Key, process.Key);

            // Its windows are those of its own connections, and its destinations have their names from them.
            Assert.All(process.Exchanges, exchange => Assert.Equal((null, Sightings.None), (exchange.Flow.ServerName, exchange.Span)));
            Assert.Equal(
                expected.Take(ChannelFacts.MaxExchanges),
                JournalAsks.Told(new ChannelFacts { Key = channels[0] }, ask, Answer(ask, order)).Exchanges.Select(exchange => exchange.Channel));
        }
    }

    private static FlowSummary NextPort(FlowSummary flow) => flow with
    {
        Key = FlowKey.Create(Example.ChannelKey.SourceIp, 50_100, Example.ChannelKey.DestinationIp, 8445, 6),
    };

    private static JournalAnswer Answer(JournalAsk ask, params FlowSummary[] flows)
    {
        JournalAnswer answer = new();
        foreach (FlowSummary flow in flows)
        {
            answer.Take(ask, new JournalMention(flow, Owner: 0, ProxiedPort: null));
        }

        return answer;
    }
}
