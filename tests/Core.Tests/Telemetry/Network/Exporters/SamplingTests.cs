namespace CipherWatch.Core.Tests.Telemetry.Network.Exporters;

/// <summary>Counters of sampled flows are a fraction that nobody knows, and are left out.</summary>
public class SamplingTests
{
    [Theory]
    [InlineData("\"sampling_rate\":1", true)]
    [InlineData("\"sampling_rate\":1000", false)]
    [InlineData("\"samplingPacketInterval\":100", true)]
    [InlineData("\"samplingPacketInterval\":1,\"samplingPacketSpace\":1", false)]
    [InlineData("\"samplingPacketInterval\":1,\"samplingPacketSpace\":0", true)]
    public void Counters_are_left_out_where_packets_are(string sampling, bool counted)
    {
        string record = $$"""{"sourceIPv4Address":"10.20.0.7","destinationIPv4Address":"203.0.113.50","protocolIdentifier":6,"octetDeltaCount":2560,{{sampling}}}""";

        Assert.Equal(counted, NetworkReading.Of(record).Single().Flow!.BytesOut is not null);
    }
}
