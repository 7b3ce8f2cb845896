using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Tests.Correlation.Channel;

public class ExchangeFactsTests
{
    private static readonly IpAddress Client = IpAddress.Parse("10.0.0.5"), Server = IpAddress.Parse("203.0.113.9");

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void An_exchange_is_of_a_flow_that_the_channels_source_opened_whatever_the_record_says(bool first, bool second)
    {
        // By its ports alone each end may have opened it, and in each channel it is that channel's source.
        FlowSummary flow = Example.Summary with { Key = FlowKey.Create(Client, 40_000, Server, 50_000, 6), FirstInitiates = first, SecondInitiates = second };
        Assert.True(ExchangeFacts.Of(new(Client, Server, 50_000, 6), flow).Oriented is { InitiatorIsFirst: true, SourceIp: var one } && one == Client);
        Assert.True(ExchangeFacts.Of(new(Server, Client, 40_000, 6), flow).Oriented is { InitiatorIsFirst: false, SourceIp: var other } && other == Server);
    }

    [Fact]
    public void What_is_turned_is_said_to_be_opened_by_one_end_only()
    {
        FlowSummary flow = Example.Summary with { FirstInitiates = false, SecondInitiates = true };
        Assert.True(ExchangeFacts.Of(new(Client, Server, 8444, 6), flow).Oriented is { FirstInitiates: true, SecondInitiates: false });
        Assert.True(ExchangeFacts.Of(new(Server, Client, 50_100, 6), flow with { FirstInitiates = true, SecondInitiates = false }).Oriented
            is { FirstInitiates: false, SecondInitiates: true });
    }
}
