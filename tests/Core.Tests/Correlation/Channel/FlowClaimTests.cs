using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Tests.Correlation.Channel;

/// <summary>Which flows a process's connection may be, where its record lacks a port or hides an address.</summary>
public class FlowClaimTests
{
    private static readonly IpAddress Source = Example.ChannelKey.SourceIp, Peer = Example.ChannelKey.DestinationIp;
    private static readonly FlowSummary Flow = Example.Summary with { SecondInitiates = false };

    [Theory]
    [InlineData(50_100, 0, true, false)]
    [InlineData(50_100, 1, true, false)]
    [InlineData(50_101, 0, false, false)]
    [InlineData(0, 0, false, true)]
    [InlineData(0, 1, false, false)]
    public void A_claim_names_its_flow_by_the_local_port_or_may_name_any_of_its_channel_and_day(int local, int day, bool names, bool may)
    {
        FlowClaim claim = new(Example.Day + day, FlowKey.Create(Source, (ushort)local, Peer, 8444, 6), Example.Owner.Key);
        Assert.Equal((names, may), (claim.Names(Flow), claim.MayName(Flow)));
    }

    [Theory]
    [InlineData(50_100, 0, true)]
    [InlineData(50_100, 1, false)]
    [InlineData(50_101, 0, false)]
    public void A_claim_whose_peer_is_hidden_names_the_flow_of_the_day_from_its_local_port(int local, int day, bool names) => Assert.Equal(
        names, new FlowClaim(Example.Day + day, FlowKey.Create(Source, (ushort)local, default, 8444, 6), Example.Owner.Key).Names(Flow));
}
