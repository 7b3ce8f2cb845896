using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Tests.Correlation.Flow;

/// <summary>A channel that was told of a flow under a guess hears of it when the guess was wrong.</summary>
public class FlowHopsTests
{
    private static readonly FlowKey Key = FlowKey.Create(IpAddress.Parse("10.0.0.5"), 40000, IpAddress.Parse("203.0.113.9"), 50000, 6);

    [Fact]
    public void Who_opened_a_flow_turns_its_channel_and_the_first_one_is_told()
    {
        FlowSummary guessed = new()
        {
            Key = Key,
            Day = 20_000,
            Seen = Sightings.Of(new(1), new(FactClock.Event, 20_000L * 86_400_000)),
            Applications = ["wireguard"],
        };
        FlowSummary known = guessed.Merge(guessed with { FirstInitiates = true });
        ChannelKey before = Assert.Single(Channels(guessed)).Key;
        Assert.Equal("203.0.113.9", before.SourceIp.ToString());
        ChannelFacts[] after = [.. Channels(known)];
        Assert.Equal("10.0.0.5", after[0].Key.SourceIp.ToString());
        Assert.Equal(50000, after[0].Key.DestinationPort);
        Assert.Equal(before, after[1].Key);

        // The first one judges it until it is told, and not after.
        ChannelFacts told = Assert.Single(Channels(guessed));
        Assert.NotEmpty(Judgement.Of(told, DetectionSettings.Default));
        Assert.Empty(Judgement.Of(told.Merge(after[1]), DetectionSettings.Default));
        Assert.NotEmpty(Judgement.Of(after[0], DetectionSettings.Default));
    }

    [Theory]
    [InlineData(false, false, 1)]
    [InlineData(false, true, 1)]
    [InlineData(true, false, 2)]
    [InlineData(true, true, 2)]
    public void Only_what_does_not_bear_out_the_guess_goes_both_ways(bool first, bool second, int channels) => Assert.Equal(
        channels,
        Channels(new() { Key = Key, Day = 20_000, Handshake = Handshake.None, Applications = ["openvpn"], FirstInitiates = first, SecondInitiates = second }).Count());

    private static IEnumerable<ChannelFacts> Channels(FlowSummary day) => FlowHops.ToChannels(new() { Id = FlowId.Of(Key), Key = Key, Days = [day] });
}
