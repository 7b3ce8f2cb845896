using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Pipeline.Delivery;

/// <summary>Which entities are called in which round, and with what.</summary>
public class RoundsTests
{
    private static readonly EntityFacts Clock = new(FactKinds.Clock, new ClockFacts("ws1", Example.Clock));
    private static readonly EntityFacts Process = new(FactKinds.Process, new ProcessFacts { Key = Example.Process.Key });
    private static readonly EntityFacts Channel = new(FactKinds.Channel, new ChannelFacts { Key = Example.ChannelKey });
    private static readonly EntityAnswer Silent = new([], []);

    [Fact]
    public void A_process_is_called_with_all_that_its_hosts_clock_answered()
    {
        HostClock known = Example.Clock.Merge(new() { Samples = [Example.Clock.Samples[0] with { Id = new(99), DeltaMs = 1 }] });
        Rounds rounds = new(new([Clock, Process]));

        rounds.Answered(0, rounds.Calls(0), [new([], [new(FactKinds.Clock, new ClockFacts("ws1", known))])]);

        Assert.Equal(known, ((ProcessFacts)Assert.Single(rounds.Calls(6)).Facts).Clock);
        Assert.Empty(Enumerable.Range(1, 5).SelectMany(rounds.Calls));
    }

    [Fact]
    public void A_process_is_called_with_the_clock_of_the_batch_where_the_hosts_own_was_given_up()
    {
        Rounds rounds = new(new([Clock, Process]));
        rounds.Answered(0, rounds.Calls(0), [null]);
        Assert.Equal(Example.Clock, ((ProcessFacts)Assert.Single(rounds.Calls(6)).Facts).Clock);
    }

    [Fact]
    public void What_an_entity_tells_another_is_delivered_in_the_others_next_round()
    {
        EntityFacts other = new(FactKinds.Channel, new ChannelFacts { Key = Example.ChannelKey with { DestinationPort = 1 } });
        EntityFacts mark = new(FactKinds.Channel, new ChannelFacts { Key = Example.ChannelKey with { DestinationPort = 2 } });
        Rounds rounds = new(new([Channel]));

        rounds.Answered(2, rounds.Calls(2), [new([], [other, Process])]);
        Assert.Equal([other.Key], rounds.Calls(4).Select(call => call.Key));
        Assert.Equal([Process.Key], rounds.Calls(6).Select(call => call.Key));
        rounds.Answered(6, rounds.Calls(6), [new([], [mark])]);
        Assert.Equal([mark.Key], rounds.Calls(8).Select(call => call.Key));

        // The last calls only set marks: what they tell besides was told before.
        rounds.Answered(8, rounds.Calls(8), [new([], [other])]);
        Assert.Empty(Enumerable.Range(9, FactKinds.Rounds - 9).SelectMany(rounds.Calls));
    }

    [Fact]
    public void An_entity_is_called_once_with_all_that_is_there_for_it_and_entities_in_order_of_their_keys()
    {
        EntityFacts[] channels = [.. Enumerable.Range(1, 3).Select(port => new EntityFacts(
            FactKinds.Channel, new ChannelFacts { Key = Example.ChannelKey with { DestinationPort = (ushort)port } }))];
        EntityFacts claim = new(FactKinds.Channel, new ChannelFacts { Key = Example.ChannelKey, Claims = Example.Channel.Claims });
        EntityFacts exchange = new(FactKinds.Channel, new ChannelFacts { Key = Example.ChannelKey, Exchanges = Example.Channel.Exchanges }, IsInformed: true);
        Rounds rounds = new(new([channels[2], claim, channels[0], exchange, channels[1]]));

        IReadOnlyList<EntityFacts> calls = rounds.Calls(2);

        Assert.Equal(channels.Select(channel => channel.Key).Append(Channel.Key), calls.Select(call => call.Key));
        Assert.Equal([false, false, false, true], calls.Select(call => call.IsInformed));
        ChannelFacts all = (ChannelFacts)calls[3].Facts;
        Assert.Equal((1, 1), (all.Claims.Length, all.Exchanges.Length));
    }

    [Fact]
    public void Who_asks_the_journal_is_told_in_the_round_behind_and_looked_at_again_later()
    {
        Rounds rounds = new(new([Channel, Process]));
        Assert.Null(rounds.LookAgain);
        rounds.Answered(2, rounds.Calls(2), [Silent]);
        Assert.Null(rounds.LookAgain);

        EntityFacts full = Process with { Facts = Example.Process };
        JournalQuestions asked = rounds.Answered(6, [full], [new([], [], new() { Channels = [new(Example.ChannelKey, Example.Day)] })]);
        JournalQuestion question = Assert.Single(asked.Questions);
        Assert.Equal((Process.Key, Example.ChannelKey), (question.Entity.Key, question.Ask.Channels[0].Channel));
        Assert.Null(((ProcessFacts)question.Entity.Facts).Image);
        EntityFacts again = Assert.Single(rounds.LookAgain!.Facts);
        Assert.Equal((Process.Key, false), (again.Key, again.IsInformed));

        rounds.Found(6, new([question.Entity with { IsInformed = true }]));
        Assert.True(Assert.Single(rounds.Calls(7)).IsInformed);
    }

    [Fact]
    public void The_latest_revision_of_each_detection_is_published_in_order_of_time()
    {
        Rounds rounds = new(new([Channel]));
        rounds.Answered(2, [Channel], [new([Said("b", 2, 2), Said("a", 9, 1), Said("c", 1, 1)], [])]);
        rounds.Answered(4, [Channel], [new([Said("b", 3, 3), Said("a", 5, 2)], [])]);
        Assert.Equal([("c", 1), ("b", 3), ("a", 2)], rounds.Publication.Detections.Select(detection => (detection.Title, detection.Revision)));
    }

    private static Detection Said(string title, int second, int revision) => new()
    {
        DetectionId = DetectionId.Create("AN0404", title, null, new(2026, 3, 2)),
        Time = DateTimeOffset.UnixEpoch.AddSeconds(second),
        AnalyticId = "AN0404",
        Technique = "T1573.001",
        Platform = TelemetryPlatform.Network,
        Severity = Severity.Low,
        Confidence = 20,
        Title = title,
        WindowStart = DateTimeOffset.UnixEpoch,
        WindowEnd = DateTimeOffset.UnixEpoch,
        SettingsVersion = "default",
        Evidence = [],
        Revision = revision,
    };

    [Fact]
    public void Kinds_that_are_called_in_one_round_are_in_order_of_their_names()
    {
        Rounds rounds = new(new([new(FactKinds.Flow, Example.Named), Clock, new(FactKinds.Attempts, Example.Attempts), new(FactKinds.Audit, Example.AuditEvent)]));
        Assert.Equal(["attempts", "audit", "clock", "flow"], rounds.Calls(0).Select(call => call.Kind.Name));
    }
}
