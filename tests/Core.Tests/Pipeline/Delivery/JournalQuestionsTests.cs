using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Journal;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Pipeline.Delivery;

public class JournalQuestionsTests
{
    [Fact]
    public void Each_asker_is_told_what_the_journal_holds_or_that_it_holds_nothing()
    {
        using FlowJournal journal = new();
        journal.Add(new Observation
        {
            Kind = ObservationKind.Flow,
            Source = SourceNames.Zeek,
            Platform = TelemetryPlatform.Network,
            Time = DateTimeOffset.UnixEpoch.AddDays(Example.Day),
            Flow = new()
            {
                SrcIp = Example.ChannelKey.SourceIp,
                SrcPort = 50_100,
                DstIp = Example.ChannelKey.DestinationIp,
                DstPort = 8444,
                Protocol = 6,
                InitiatorKnown = true,
                Handshake = Handshake.Established,
            },
        });
        ChannelKey silent = Example.ChannelKey with { DestinationPort = 8445 };
        JournalQuestions questions = new(
        [
            new(new(FactKinds.Channel, new ChannelFacts { Key = Example.ChannelKey }), new() { Channels = [new(Example.ChannelKey, Example.Day)] }),
            new(new(FactKinds.Channel, new ChannelFacts { Key = silent }), new() { Channels = [new(silent, Example.Day)] }),
        ]);

        IReadOnlyList<EntityFacts> told = questions.Answer(journal.Find).Facts;

        Assert.Equal([Example.ChannelKey.ToString(), silent.ToString()], told.Select(facts => facts.Key));
        Assert.All(told, facts => Assert.True(facts.IsInformed));
        FlowSummary flow = Assert.Single(((ChannelFacts)told[0].Facts).Exchanges).Flow;
        Assert.Equal((Example.Summary.Key, Example.Day, Handshake.Established), (flow.Key, flow.Day, flow.Handshake));
        Assert.Empty(((ChannelFacts)told[1].Facts).Exchanges);
    }

    /// <summary>What an orchestration under way was answered before processes asked for prevalence.</summary>
    [Fact]
    public void A_question_of_an_earlier_version_asks_for_no_words()
    {
        EntityAnswer former = FactsJson.Deserialize<EntityAnswer>("""{"d":[],"h":[],"q":{"f":[],"c":[],"o":0}}""");

        Assert.Empty(former.Ask!.Words);
        Assert.Empty(new JournalQuery().Add(former.Ask).Prevalence);
        Assert.Contains("\"w\":[]", FactsJson.Serialize(former), StringComparison.Ordinal);
    }
}
