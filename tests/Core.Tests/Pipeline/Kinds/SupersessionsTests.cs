using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Analytics;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Pipeline.Kinds;

/// <summary>What processes say of network-only detections.</summary>
public class SupersessionsTests
{
    private static readonly FlowSummary First = Example.Summary with { SecondInitiates = false };
    private static readonly FlowSummary NextDay = First with
    {
        Key = FlowKey.Create(Example.ChannelKey.SourceIp, 50_100, Example.ChannelKey.DestinationIp, 9999, 6),
        Day = Example.Day + 1,
    };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_process_speaks_of_the_channels_of_its_detections_day_only(int day)
    {
        OutboxEntry entry = Entry(Example.Day + day);
        ChannelKey channel = ChannelKey.Of(day == 0 ? First : NextDay);
        DetectionId network = An0404Network.IdOf(channel, entry.Day);
        ProcessFacts facts = new() { Key = Example.Process.Key, Flows = [NextDay, First] };

        Assert.Equal([new SupersessionMark(channel, network, entry.Id, 3, Stands: false)], Supersessions.Of(facts, [entry], ProcessVerdict.Nothing));
        Assert.Equal(
            [new SupersessionMark(channel, network, entry.Id, 3, Stands: true)],
            Supersessions.Of(facts, [entry], new([], [new(network, entry.Id)])));
    }

    [Fact]
    public void A_mark_covers_the_detection_that_it_is_about_while_it_stands()
    {
        Detection network = Withdrawal.Of(Entry(Example.Day), Example.Channel, DetectionSettings.Default);
        SupersessionMark mark = new(Example.ChannelKey, network.DetectionId, Example.Detection("AN0400"), 3, Stands: true);

        Assert.Equal(mark.By, Supersessions.Apply([mark], network).SupersededBy);
        Assert.Null(Supersessions.Apply([mark with { Stands = false }], network).SupersededBy);
        Assert.Null(Supersessions.Apply([mark with { Network = Example.Detection("AN0404") }], network).SupersededBy);
        Assert.Null(Supersessions.Apply([], network).SupersededBy);
    }

    private static OutboxEntry Entry(int day)
    {
        DateTimeOffset noon = DateTimeOffset.UnixEpoch.AddDays(day).AddHours(12);
        DetectionId id = DetectionId.Create("AN0400", Example.Process.Key.Value, null, DateOnly.FromDateTime(noon.Date));
        return new(id, "AN0400", 3, 9, Withdrawn: false, noon, noon, noon);
    }

    [Fact]
    public void A_verdict_on_a_processs_detection_is_shared_unless_another_stands()
    {
        Detection network = Withdrawal.Of(Entry(Example.Day), Example.Channel, DetectionSettings.Default);
        SupersessionMark shared = new(
            Example.ChannelKey, network.DetectionId, Example.Detection("AN0400"), 3, Stands: true, new("Ours", "kim", DateTimeOffset.UnixEpoch));
        SupersessionMark open = shared with { By = Example.Detection("AN0401"), Verdict = null };

        Assert.Equal(
            (shared.By, new DetectionSuppression("Ours", "kim", DateTimeOffset.UnixEpoch)),
            (Supersessions.Apply([shared], network).SupersededBy, Supersessions.Apply([shared], network).Suppressed));
        Assert.Equal((open.By, null), (Supersessions.Apply([shared, open], network).SupersededBy, Supersessions.Apply([shared, open], network).Suppressed));
    }

    [Fact]
    public void What_is_expected_is_told_with_the_flows_of_the_channel_that_are_surely_the_processs()
    {
        OutboxEntry entry = Entry(Example.Day);
        ExpectedChannel expected = new(Example.ChannelKey, entry.Day, entry.Id);
        SupersessionMark mark = new(Example.ChannelKey, expected.Network, entry.Id, 3, Stands: false, IsExpected: true);
        FlowSummary loose = First with { Key = FlowKey.Create(Example.ChannelKey.SourceIp, 50_200, Example.ChannelKey.DestinationIp, 8444, 6), IsLoose = true };
        ProcessFacts facts = new() { Key = Example.Process.Key, Flows = [NextDay, First, loose] };

        Assert.Equal([mark], Supersessions.Expected(ProcessVerdict.Nothing with { Expects = [expected] }, [entry]));
        Assert.Equal([mark with { Revision = 0 }], Supersessions.Expected(ProcessVerdict.Nothing with { Expects = [expected] }, []));
        ChannelFacts told = Supersessions.Told(mark, facts);
        Assert.Equal((Example.ChannelKey, mark), (told.Key, Assert.Single(told.Marks)));
        Assert.Equal([new FlowClaim(First.Day, First.Key, facts.Key)], told.Claims);
        Assert.Empty(Supersessions.Told(mark with { IsExpected = false }, facts).Claims);
    }

    [Fact]
    public void Marks_are_in_order_of_the_detections_that_they_are_about()
    {
        FlowSummary[] flows = [.. Enumerable.Range(1, 6).Select(port => First with
        {
            Key = FlowKey.Create(Example.ChannelKey.SourceIp, 50_100, Example.ChannelKey.DestinationIp, (ushort)port, 6),
        })];
        DetectionId[] networks = [.. Supersessions.Of(new() { Key = Example.Process.Key, Flows = [.. flows] }, [Entry(Example.Day)], ProcessVerdict.Nothing).Select(mark => mark.Network)];
        Assert.Equal(6, networks.Length);
        Assert.Equal(networks.Order(), networks);
    }
}
