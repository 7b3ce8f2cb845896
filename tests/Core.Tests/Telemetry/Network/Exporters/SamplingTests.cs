using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Tests.Telemetry.Network.Exporters;

/// <summary>Counters of sampled flows are multiplied by how many packets one stands for, and say so.</summary>
public class SamplingTests
{
    [Theory]
    [InlineData("\"sampling_rate\":1", 1)]
    [InlineData("\"sampling_rate\":0", 1)]
    [InlineData("\"sampling_rate\":1000", 1000)]
    [InlineData("\"samplingPacketInterval\":100", 1)]
    [InlineData("\"samplingPacketSpace\":9", 10)]
    [InlineData("\"samplingPacketInterval\":1,\"samplingPacketSpace\":1", 2)]
    [InlineData("\"samplingPacketInterval\":10,\"samplingPacketSpace\":990", 100)]
    [InlineData("\"samplingPacketInterval\":1,\"samplingPacketSpace\":0", 1)]
    public void Counters_stand_for_the_packets_left_out_too(string sampling, long oneIn)
    {
        string record = $$"""{"sourceIPv4Address":"10.20.0.7","destinationIPv4Address":"203.0.113.50","protocolIdentifier":6,"octetDeltaCount":2560,"reverseOctetDeltaCount":0,{{sampling}}}""";

        FlowFields flow = NetworkReading.Of(record).Single().Flow!;

        // That none was looked at does not say that there was none.
        Assert.Equal((2560 * oneIn, oneIn == 1 ? 0 : null, oneIn == 1 ? null : oneIn), (flow.BytesOut, flow.BytesIn, flow.SampledOneIn));
    }

    [Fact]
    public void More_than_can_be_counted_is_the_most()
    {
        string record = $$"""{"sourceIPv4Address":"10.20.0.7","destinationIPv4Address":"203.0.113.50","protocolIdentifier":6,"octetDeltaCount":{{long.MaxValue / 2}},"sampling_rate":1000}""";

        Assert.Equal(long.MaxValue, NetworkReading.Of(record).Single().Flow!.BytesOut);
    }
}
