using CipherWatch.Core.Telemetry.Observations;
using static CipherWatch.Core.Tests.Telemetry.Network.Datagrams.DatagramBuilder;

namespace CipherWatch.Core.Tests.Telemetry.Network.Datagrams;

/// <summary>Old versions, clocks that were never set, and what a record says beside its counters.</summary>
public class DatagramVersionsTests
{
    private static readonly (int Element, int Length)[] Biflow = [(8, 4), (12, 4), (7, 2), (11, 2), (4, 1), (1, 4), (2, 4), (239, 1), (152, 8)];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Versions_1_and_7_are_read_without_a_template(int version)
    {
        byte[] record = [.. V5Record(), 0, 0, 0, 0];
        byte[] header = [.. U16(version), .. U16(2), .. U32(3_600_000), .. U32((uint)Exported.ToUnixTimeSeconds()), .. U32(500_000_000)];
        byte[] datagram = [.. header, .. version == 7 ? new byte[8] : [], .. record, .. record];

        NetworkReading reading = NetworkReading.Of([.. datagram, .. datagram]);

        Assert.Equal((4, 4), (reading.Counts.Records, reading.Counts.Observed));
        FlowFields flow = reading.Observations[0].Flow!;
        Assert.Equal((49_812, 8_443, 6), (flow.SrcPort, flow.DstPort, flow.Protocol));
        Assert.Equal((2_560, 12, 2_000), (flow.BytesOut, flow.PacketsOut, flow.DurationMs));
        Assert.Equal(Exported.AddSeconds(-4.5), reading.Observations[0].Time);
    }

    [Fact]
    public void A_clock_that_was_never_set_leaves_the_time_to_the_input()
    {
        byte[] datagram = V9(17, Set(0, Template(256, Plain)), Set(256, PlainRecord()));
        datagram.AsSpan(8, 4).Clear();

        NetworkReading reading = NetworkReading.Of(datagram, Exported);

        Assert.Equal((null, Exported, 2_560), (reading.Single().Time, reading.Single().RecordTime, reading.Single().Flow!.BytesOut));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(3)]
    public void A_version_that_is_not_read_is_kept_byte_for_byte(int version)
    {
        byte[] datagram = [.. U16(version), .. U16(1), .. U32(3_600_000), .. U32((uint)Exported.ToUnixTimeSeconds()), .. new byte[60]];

        NetworkReading reading = NetworkReading.Of(datagram);

        Assert.Equal(0, reading.Counts.Observed);
        Assert.Equal(datagram, Assert.Single(reading.Letters).Raw.ToArray());
    }

    [Theory]
    [InlineData(0, "10.20.0.7", true)]
    [InlineData(1, "10.20.0.7", true)]
    [InlineData(2, "203.0.113.50", true)]
    [InlineData(3, "10.20.0.7", false)]
    public void The_direction_of_a_biflow_says_who_opened_it(byte direction, string source, bool known)
    {
        byte[] template = [.. U16(256), .. U16(Biflow.Length + 2), .. Template(256, Biflow).AsSpan(4), .. EnterpriseField(1, 4, 29_305), .. EnterpriseField(2, 4, 29_305)];
        byte[] record = [.. PlainRecord().AsSpan(0, 21), direction, .. U64((ulong)Exported.ToUnixTimeMilliseconds()), .. U32(700), .. U32(3)];

        FlowFields flow = NetworkReading.Of(Ipfix(5, Set(2, template), Set(256, record))).Single().Flow!;

        Assert.Equal((source, known), (flow.SrcIp.ToString(), flow.InitiatorKnown));
        Assert.Equal(direction == 2 ? (700, 2_560, 3, 12) : (2_560, 700, 12, 3), (flow.BytesOut, flow.BytesIn, flow.PacketsOut, flow.PacketsIn));
        Assert.Equal(direction == 2 ? 49_812 : 8_443, flow.DstPort);
    }

    [Theory]
    [InlineData(233, 3, true)]
    [InlineData(40_005, 3, true)]
    [InlineData(233, 1, false)]
    [InlineData(89, 0x80, true)]
    [InlineData(89, 0x82, true)]
    [InlineData(89, 0x40, false)]
    [InlineData(89, 0xc0, false)]
    public void Denied_traffic_is_skipped(int element, byte value, bool denied)
    {
        NetworkReading reading = NetworkReading.Of(V9(17, Set(0, Template(256, [.. Plain, (element, 1)])), Set(256, PlainRecord(), [value])));

        Assert.Equal(denied ? (0, 2) : (1, 1), (reading.Counts.Observed, reading.Counts.Skipped));
    }

    [Theory]
    [InlineData("\"event\":\"DENIED\"", true)]
    [InlineData("\"fw_event\":3", true)]
    [InlineData("\"fw_event\":2", false)]
    [InlineData("\"fwd_status\":128", true)]
    [InlineData("\"fwd_status\":64", false)]
    [InlineData("\"forwarding_status\":\"130\"", true)]
    public void So_is_what_collectors_write_of_it(string field, bool denied)
    {
        NetworkReading reading = NetworkReading.Of(
            $$"""{"src4_addr":"10.20.0.7","dst4_addr":"203.0.113.50","src_port":49812,"dst_port":8443,"proto":6,"in_bytes":2560,"first":"2026-03-02T10:00:00.000",{{field}}}""");

        Assert.Equal(denied ? (0, 1) : (1, 0), (reading.Counts.Observed, reading.Counts.Skipped));
    }

    [Fact]
    public void A_collectors_biflow_is_turned_too()
    {
        FlowFields flow = NetworkReading.Of(
            """{"sourceIPv4Address":"203.0.113.50","destinationIPv4Address":"10.20.0.7","sourceTransportPort":8443,"destinationTransportPort":49812,"protocolIdentifier":6,"octetTotalCount":700,"reverseOctetTotalCount":2560,"biflowDirection":2,"flowStartMilliseconds":1772445600000}""").Single().Flow!;

        Assert.Equal(("10.20.0.7", 8_443, true), (flow.SrcIp.ToString(), flow.DstPort, flow.InitiatorKnown));
        Assert.Equal((2_560, 700), (flow.BytesOut, flow.BytesIn));
    }
}
