using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Detections.Analytics;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Detections.Analytics;

public class ProcessDayTests
{
    private static readonly IpAddress Ip = Example.ChannelKey.DestinationIp;

    /// <summary>By the host's own record, or by the network's of a flow to the same address and port.</summary>
    [Theory]
    [InlineData(Handshake.Hello, null, "203.0.113.9", 8444, true)]
    [InlineData(Handshake.Established, null, "203.0.113.9", 8444, true)]
    [InlineData(Handshake.None, null, "203.0.113.9", 8444, false)]
    [InlineData(Handshake.Unknown, Handshake.Hello, "203.0.113.9", 8444, true)]
    [InlineData(Handshake.Unknown, Handshake.Resumed, "203.0.113.9", 8444, true)]
    [InlineData(Handshake.Unknown, Handshake.None, "203.0.113.9", 8444, false)]
    [InlineData(Handshake.Unknown, Handshake.Unseen, "203.0.113.9", 8444, false)]
    [InlineData(Handshake.Unknown, Handshake.Hello, "203.0.113.8", 8444, false)]
    [InlineData(Handshake.Unknown, Handshake.Hello, "203.0.113.9", 8445, false)]
    public void Keys_were_exchanged_with_a_destination_where_a_record_of_it_says_so(
        Handshake host, Handshake? network, string ip, int port, bool exchanged)
    {
        DestinationDay destination = new(Ip, 8444, 6, null, host, 1, [Scenario.Noon], [Scenario.Noon], []) { IsExact = true };
        FlowSummary[] flows = network is not { } said ? [] :
        [
            new()
            {
                Key = FlowKey.Create(Example.ChannelKey.SourceIp, 50_100, IpAddress.Parse(ip), (ushort)port, 6),
                Day = Example.Day,
                FirstInitiates = true,
                Handshake = said,
            },
        ];
        ProcessDay day = new()
        {
            Facts = Example.Process,
            Platform = TelemetryPlatform.Linux,
            Settings = DetectionSettings.Default,
            Connections = new(new(2026, 3, 2), [destination]),
            Flows = flows,
            IsUserWritable = false,
            Allowed = null,
            Evidence = new(DetectionSettings.Default),
        };
        Assert.Equal(exchanged, day.HasExchange(destination));
    }
}
