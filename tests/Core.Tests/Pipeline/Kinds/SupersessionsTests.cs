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
}
