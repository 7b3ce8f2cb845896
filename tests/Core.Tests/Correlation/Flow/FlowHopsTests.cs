using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;

namespace CipherWatch.Core.Tests.Correlation.Flow;

/// <summary>A channel that was told of a flow under a guess hears of it when the guess was wrong.</summary>
public class FlowHopsTests
{
    private static readonly FlowKey Key = FlowKey.Create(IpAddress.Parse("10.0.0.5"), 40000, IpAddress.Parse("203.0.113.9"), 50000, 6);

    [Fact]
    public void Who_opened_a_flow_turns_its_channel_and_the_other_one_is_told()
    {
        FlowSummary guessed = new()
        {
            Key = Key,
            Day = 20_000,
            Seen = Sightings.Of(new(1), new(FactClock.Event, 20_000L * 86_400_000)),
            Payloads = [new() { SampleId = 1, Speaker = FlowEnd.First, Sampled = 512, Verdict = PayloadVerdict.Encrypted, Score = 7_950, Z = -156, Observation = new(1) }],
        };
        ChannelFacts first = new() { Key = ChannelKey.Of(guessed), Random = [guessed] };
        Assert.Equal("203.0.113.9", first.Key.SourceIp.ToString());
        Assert.True(Assert.Single(FlowHops.ToChannels(first)).Key.IsHidden);
        Assert.NotEmpty(Judgement.Of(first, DetectionSettings.Default));

        // A record that says who opened it comes later: the channel it was taken for judges it no more, and tells the one it is of.
        ChannelFacts turned = first.Merge(first with { Random = [guessed with { FirstInitiates = true }] });
        Assert.Empty(Judgement.Of(turned, DetectionSettings.Default));
        ChannelFacts told = Assert.Single(FlowHops.ToChannels(turned));
        Assert.Equal(new(Key.FirstIp, Key.SecondIp, 50000, 6), told.Key);
        Assert.NotEmpty(Judgement.Of(told, DetectionSettings.Default));

        // Which tells it no further.
        Assert.Empty(FlowHops.ToChannels(told));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_flow_that_was_named_by_its_id_goes_to_the_channel_of_its_ends_with_payload_or_without(bool sampled)
    {
        FlowSummary day = new()
        {
            Day = 20_000,
            Seen = Sightings.Of(new(1), new(FactClock.Event, 20_000L * 86_400_000)),
            FirstInitiates = true,
            Payloads = sampled ? [Example.Payload with { Speaker = FlowEnd.Initiator }] : [],
        };
        ChannelFacts told = Assert.Single(FlowHops.ToChannels(new FlowFacts { Id = FlowId.Of(Key), Key = Key, Days = [day] }));
        Assert.Equal(
            (new ChannelKey(Key.FirstIp, Key.SecondIp, 50_000, 6), sampled ? 1 : 0, sampled ? 0 : 1),
            (told.Key, told.Random.Length, told.Records.Length));
    }
}
