using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Analytics;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Pipeline.State;

/// <summary>What a process said of channels' detections is taken back where the flows on which it rested were crowded out.</summary>
public class SaidMarksTests
{
    private static readonly FlowSummary Flow = Example.Summary with { SecondInitiates = false };
    private static readonly FlowSummary Later = Flow with
    {
        Key = FlowKey.Create(Example.ChannelKey.SourceIp, 50_100, Example.ChannelKey.DestinationIp, 9999, 6),
    };

    private static readonly OutboxEntry Entry = Said(revision: 3);

    [Fact]
    public void What_still_holds_keeps_its_revision()
    {
        EntityState<ProcessFacts> first = Say(new(Of(Flow), [Entry]), Of(Flow), [Entry], Covers(Flow), out SupersessionMark[] marks);
        Assert.Equal((3, true), (Assert.Single(marks).Revision, marks[0].Stands));

        EntityState<ProcessFacts> again = Say(first, Of(Flow), [Entry], Covers(Flow), out SupersessionMark[] repeated);
        Assert.Equal(marks, repeated);
        Assert.Equal(FactsJson.Serialize(first), FactsJson.Serialize(again));
    }

    [Fact]
    public void A_mark_whose_flow_was_crowded_out_is_taken_back_again_and_again()
    {
        EntityState<ProcessFacts> state = Say(new(Of(Flow), [Entry]), Of(Flow), [Entry], Covers(Flow), out SupersessionMark[] before);
        state = Say(state, Of(Later), [Entry], Covers(Later), out SupersessionMark[] after);
        SupersessionMark back = Assert.Single(after, mark => mark.Channel == before[0].Channel);
        Assert.Equal((false, before[0].Network, before[0].By), (back.Stands, back.Network, back.By));
        Assert.False(back.Merge(before[0]).Stands);
        Assert.False(before[0].Merge(back).Stands);
        Assert.True(Assert.Single(after, mark => mark.Channel != before[0].Channel).Stands);

        // The answer may not have arrived.
        Say(state, Of(Later), [Entry], Covers(Later), out SupersessionMark[] repeated);
        Assert.Equal(after, repeated);
    }

    [Fact]
    public void What_was_expected_is_taken_back_too()
    {
        ProcessVerdict expects = ProcessVerdict.Nothing with { Expects = [new(ChannelKey.Of(Flow), Entry.Day, Entry.Id)] };
        EntityState<ProcessFacts> state = Say(new(Of(Flow), []), Of(Flow), [], expects, out SupersessionMark[] before);
        Assert.True(Assert.Single(before).IsExpected);

        Say(state, Of(Later), [], ProcessVerdict.Nothing, out SupersessionMark[] after);
        SupersessionMark back = Assert.Single(after);
        Assert.False(back.Merge(before[0]).IsExpected);
        Assert.False(before[0].Merge(back).IsExpected);
    }

    [Fact]
    public void What_was_taken_back_may_hold_again()
    {
        EntityState<ProcessFacts> state = Say(new(Of(Flow), [Entry]), Of(Flow), [Entry], Covers(Flow), out _);
        state = Say(state, Of(Later), [Entry], Covers(Later), out SupersessionMark[] taken);
        Say(state, Of(Flow, Later), [Entry], Covers(Flow, Later), out SupersessionMark[] again);

        SupersessionMark back = taken.Single(mark => !mark.Stands);
        Assert.True(again.Single(mark => mark.Network == back.Network).Merge(back).Stands);
    }

    [Fact]
    public void What_was_said_with_a_detection_that_stands_though_its_facts_are_gone_stands_with_it()
    {
        EntityState<ProcessFacts> state = Say(new(Of(Flow), [Entry]), Of(Flow), [Entry], Covers(Flow), out _);
        EntityState<ProcessFacts> left = Say(state, Of(Later), [], ProcessVerdict.Nothing, out SupersessionMark[] after);
        Assert.Empty(after);
        Assert.Empty(left.Said!.Marks);
    }

    [Fact]
    public void A_changed_detection_raises_what_is_said_of_channels()
    {
        EntityState<ProcessFacts> state = Say(new(Of(Flow), [Entry]), Of(Flow), [Entry], Covers(Flow), out SupersessionMark[] before);
        Say(state, Of(Flow), [Said(revision: 4)], ProcessVerdict.Nothing, out SupersessionMark[] after);
        Assert.False(before[0].Merge(Assert.Single(after)).Stands);
    }

    [Fact]
    public void No_more_is_remembered_than_there_is_room_for_and_of_that_what_holds()
    {
        EntityState<ProcessFacts> state = new(Of(Flow), [Entry]);
        for (ushort port = 1; port <= 40; port++)
        {
            FlowSummary flow = Flow with { Key = FlowKey.Create(Example.ChannelKey.SourceIp, 50_100, Example.ChannelKey.DestinationIp, port, 6) };
            state = Say(state, Of(flow), [Entry], Covers(flow), out _);
        }

        Assert.Equal(SaidMarks.Capacity, state.Said!.Marks.Length);
        Assert.True(Assert.Single(state.Said.Marks, mark => mark.Channel.DestinationPort == 40).Holds);
    }

    private static ProcessFacts Of(params FlowSummary[] flows) => new() { Key = Example.Process.Key, Flows = [.. flows] };

    private static ProcessVerdict Covers(params FlowSummary[] flows) =>
        new([], [.. flows.Select(flow => new Supersession(An0404Network.IdOf(ChannelKey.Of(flow), Entry.Day), Entry.Id))]);

    private static OutboxEntry Said(int revision)
    {
        DateTimeOffset noon = DateTimeOffset.UnixEpoch.AddDays(Example.Day).AddHours(12);
        DetectionId id = DetectionId.Create("AN0400", Example.Process.Key.Value, null, DateOnly.FromDateTime(noon.Date));
        return new(id, "AN0400", revision, 9, Withdrawn: false, noon, noon, noon);
    }

    /// <summary>The state after an operation, as it is read back.</summary>
    private static EntityState<ProcessFacts> Say(
        EntityState<ProcessFacts> before, ProcessFacts facts, IReadOnlyList<OutboxEntry> outbox, ProcessVerdict verdict, out SupersessionMark[] marks)
    {
        EntityState<ProcessFacts> after = before with { Facts = facts, Outbox = outbox };
        (SaidMarks said, IReadOnlyList<SupersessionMark> told) = Supersessions.Say(before with { Facts = facts }, after, verdict);
        marks = [.. told];
        return FactsJson.Deserialize<EntityState<ProcessFacts>>(FactsJson.Serialize(after with { Said = said }));
    }
}
