using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Folding;

namespace CipherWatch.Core.Tests.Telemetry.Network.Exporters;

/// <summary>The halves of a conversation, each a record of its own, meet in the flow's facts.</summary>
public class FlowHalvesTests
{
    private const string There =
        """{"first":"2026-03-02T10:00:00.250","last":"2026-03-02T10:00:12.750","in_packets":12,"in_bytes":2560,"proto":6,"src_port":49812,"dst_port":8443,"src4_addr":"10.20.0.7","dst4_addr":"203.0.113.50"}""";

    private const string Back =
        """{"first":"2026-03-02T10:00:00.260","last":"2026-03-02T10:00:12.740","in_packets":9,"in_bytes":980,"proto":6,"src_port":8443,"dst_port":49812,"src4_addr":"203.0.113.50","dst4_addr":"10.20.0.7"}""";

    [Fact]
    public void Whichever_comes_first()
    {
        ChannelFacts there = FlowObservationFacts.OfChannel(NetworkReading.Of(There).Single(), FlowRoute.Record)!;
        ChannelFacts back = FlowObservationFacts.OfChannel(NetworkReading.Of(Back).Single(), FlowRoute.Record)!;

        foreach (ChannelFacts whole in new[] { there.Merge(back), back.Merge(there), there.Merge(back).Merge(there) })
        {
            FlowSummary summary = Assert.Single(whole.Flows);
            Assert.Equal<(long?, long?, string, int)>((2560, 980, "10.20.0.7", 8443), (summary.BytesOut, summary.BytesIn, summary.SourceIp.ToString(), summary.DestinationPort));
        }
    }
}
