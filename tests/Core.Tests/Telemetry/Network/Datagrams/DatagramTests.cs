using CipherWatch.Core.Telemetry.Observations;
using static CipherWatch.Core.Tests.Telemetry.Network.Datagrams.DatagramBuilder;

namespace CipherWatch.Core.Tests.Telemetry.Network.Datagrams;

public class DatagramTests
{
    [Fact]
    public void Version_5_is_read_without_a_template()
    {
        NetworkReading reading = NetworkReading.Of(V5(0, V5Record(), V5Record(49_813)));

        Assert.Equal((2L, 2L), (reading.Counts.Records, reading.Counts.Observed));
        AssertPlain(reading.Observations[0], Exported.AddSeconds(-4.5));
        Assert.Equal(49_813, reading.Observations[1].Flow!.SrcPort);
    }

    [Fact]
    public void Counters_of_sampled_records_are_multiplied()
    {
        FlowFields whole = NetworkReading.Of(V5(0, V5Record())).Single().Flow!;
        FlowFields flow = NetworkReading.Of(V5(0x4000 | 100, V5Record())).Single().Flow!;

        Assert.Equal((whole.BytesOut * 100, whole.PacketsOut * 100, 100), (flow.BytesOut, flow.PacketsOut, flow.SampledOneIn));
        Assert.Null(whole.SampledOneIn);
    }

    /// <summary>305 is how many packets are looked at in a run, 306 how many are left out after it: only the second tells of sampling.</summary>
    [Theory]
    [InlineData(305, 100, 1)]
    [InlineData(306, 0, 1)]
    [InlineData(306, 1, 2)]
    [InlineData(309, 1, 1)]
    [InlineData(310, 0, 1)]
    [InlineData(310, 499, 499)]
    [InlineData(34, 1, 1)]
    [InlineData(34, 100, 100)]
    public void Sampling_is_what_leaves_packets_out(int element, uint value, long oneIn)
    {
        byte[] template = V9(17, Set(0, Template(256, [.. Plain, (element, 4)])));
        byte[] data = V9(17, Set(256, PlainRecord(), U32(value)));

        Assert.Equal(2_560 * oneIn, NetworkReading.Of([.. template, .. data]).Single().Flow!.BytesOut);
    }

    [Fact]
    public void Icmp_type_and_code_come_from_the_destination_port()
    {
        FlowFields flow = NetworkReading.Of(V5(0, V5Record(sourcePort: 0, protocol: 1, destinationPort: (3 << 8) | 13))).Single().Flow!;

        Assert.Equal((3, 13), (flow.SrcPort, flow.DstPort));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Version_9_is_read_by_its_template_whichever_comes_first(bool dataFirst)
    {
        byte[] template = V9(17, Set(0, Template(256, Plain)));
        byte[] data = V9(17, Set(256, PlainRecord(), PlainRecord(49_813), [0, 0]));
        NetworkReading reading = NetworkReading.Of(dataFirst ? [.. data, .. template] : [.. template, .. data]);

        Assert.Empty(reading.Letters);
        Assert.Equal((3L, 2L, 1L), (reading.Counts.Records, reading.Counts.Observed, reading.Counts.Skipped));
        AssertPlain(reading.Observations[0], Exported.AddSeconds(-5));
    }

    [Fact]
    public void Template_and_data_may_share_a_datagram() =>
        AssertPlain(Assert.Single(NetworkReading.Of(V9(17, Set(0, Template(256, Plain)), Set(256, PlainRecord()))).Observations), Exported.AddSeconds(-5));

    [Fact]
    public void Templates_are_of_one_source_only()
    {
        NetworkReading reading = NetworkReading.Of([.. V9(17, Set(0, Template(256, Plain))), .. V9(18, Set(0, Template(256, (8, 4), (12, 4)))), .. V9(19, Set(256, PlainRecord()))]);

        Assert.Contains("template (256 of source 19) was not seen", Assert.Single(reading.Letters).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_without_a_template_is_kept_as_a_datagram_that_can_be_read_later()
    {
        byte[] template = Ipfix(5, Set(2, Template(300, Plain)));
        byte[] data = Ipfix(5, Set(301, [1, 2, 3, 4]), Set(300, PlainRecord()));
        byte[] kept = NetworkReading.Of(data).Letters[1].Raw.ToArray();

        Assert.Equal(Ipfix(5, Set(300, PlainRecord())), kept);
        Assert.Equal(8_443, Assert.Single(NetworkReading.Of([.. template, .. kept]).Observations).Flow!.DstPort);
    }

    [Fact]
    public void A_withdrawn_template_reads_nothing_any_more() => Assert.Single(
        NetworkReading.Of([.. Ipfix(5, Set(2, Template(300, Plain))), .. Ipfix(5, Set(2, Template(300))), .. Ipfix(5, Set(300, PlainRecord()))]).Letters);

    [Fact]
    public void Options_data_is_of_no_flow()
    {
        byte[] options = [.. U16(257), .. U16(2), .. U16(1), .. U16(8), .. U16(4), .. U16(34), .. U16(4)];
        NetworkReading reading = NetworkReading.Of(Ipfix(5, Set(3, options), Set(257, [10, 0, 0, 1, 0, 0, 0, 100])));

        Assert.Empty(reading.Observations);
        Assert.Equal((2L, 2L), (reading.Counts.Records, reading.Counts.Skipped));
    }

    [Fact]
    public void Ipfix_reads_variable_lengths_times_of_its_own_and_reverse_counters()
    {
        byte[] template =
        [
            .. U16(300), .. U16(11), .. U16(27), .. U16(16), .. U16(28), .. U16(16), .. U16(7), .. U16(2), .. U16(11), .. U16(2), .. U16(4), .. U16(1),
            .. U16(96), .. U16(0xffff), .. U16(1), .. U16(8), .. EnterpriseField(1, 8, 29_305), .. U16(152), .. U16(8), .. EnterpriseField(35, 1, 6_871),
            .. EnterpriseField(35 | 0x4000, 1, 6_871),
        ];
        byte[] record =
        [
            0x20, 1, 0xd, 0xb8, .. new byte[11], 1, 0x20, 1, 0xd, 0xb8, .. new byte[11], 2, .. U16(50_000), .. U16(443), 17,
            3, (byte)'a', (byte)'b', (byte)'c', .. U64(1_234), .. U64(98_765), .. U64((ulong)Exported.AddSeconds(-9).ToUnixTimeMilliseconds()), 252, 128,
        ];
        NetworkReading reading = NetworkReading.Of(Ipfix(9, Set(2, template), Set(300, record, record)));

        FlowFields flow = reading.Observations[0].Flow!;
        Assert.Equal(("2001:db8::1", "2001:db8::2", 1_234L, 98_765L, true), (flow.SrcIp.ToString(), flow.DstIp.ToString(), flow.BytesOut, flow.BytesIn, flow.InitiatorKnown));
        Assert.Equal(Exported.AddSeconds(-9), reading.Observations[0].Time);
        Assert.Equal([7.875, 4], reading.Observations.Where(observation => observation.Payload is not null).Take(2).Select(observation => observation.Payload!.Score.Entropy));
        Assert.All(reading.Observations.Where(observation => observation.Payload is not null), observation => Assert.Null(observation.Payload!.Score.Score));
    }

    [Fact]
    public void Microseconds_are_ntp_timestamps()
    {
        byte[] template = Template(300, (8, 4), (12, 4), (4, 1), (154, 8));
        ulong ntp = ((ulong)(Exported.ToUnixTimeSeconds() + 2_208_988_800) << 32) | 0x8000_0000;
        byte[] record = [10, 0, 0, 1, 10, 0, 0, 2, 17, .. U64(ntp)];

        Assert.Equal(Exported.AddSeconds(0.5), Assert.Single(NetworkReading.Of(Ipfix(9, Set(2, template), Set(300, record))).Observations).Time);
    }

    [Fact]
    public void Uptime_that_has_wrapped_round_is_still_before_export()
    {
        byte[] wrapped = V5(0, V5Record());
        U32(1_000).CopyTo(wrapped, 4);
        U32(uint.MaxValue - 3_999).CopyTo(wrapped, 24 + 24);
        U32(uint.MaxValue - 1_999).CopyTo(wrapped, 24 + 28);

        Assert.Equal(Exported.AddSeconds(-4.5), NetworkReading.Of(wrapped).Single().Time);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(2_000)]
    public void A_set_that_cannot_be_as_long_as_it_says_is_a_dead_letter(int length)
    {
        byte[] datagram = Ipfix(5, Set(300, PlainRecord()), Set(301, PlainRecord()));
        U16(length).CopyTo(datagram, 16 + 4 + PlainRecord().Length + 2);
        NetworkReading reading = NetworkReading.Of(datagram);

        Assert.Contains(reading.Letters, letter => letter.Reason.Contains("cut on its way", StringComparison.Ordinal));
        Assert.Equal(reading.Counts.Records, reading.Letters.Count);
    }

    [Fact]
    public void A_datagram_that_is_cut_is_kept_whole()
    {
        byte[] cut = V5(0, V5Record(), V5Record())[..^5];
        NetworkReading reading = NetworkReading.Of(cut);

        Assert.Equal(cut, Assert.Single(reading.Letters).Raw.ToArray());
        Assert.Contains("cut short", reading.Letters[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_without_a_time_of_its_own_is_of_when_it_was_sent() =>
        Assert.Equal(Exported, Assert.Single(NetworkReading.Of(Ipfix(5, Set(2, Template(300, (8, 4), (12, 4), (4, 1))), Set(300, [10, 0, 0, 1, 10, 0, 0, 2, 6]))).Observations).Time);

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(253_402_300_799_999)]
    [InlineData(0)]
    public void A_time_beyond_reason_is_none(ulong start)
    {
        byte[] template = Template(300, (8, 4), (12, 4), (4, 1), (152, 8), (161, 4), (160, 8), (21, 4));
        byte[] record = [10, 0, 0, 1, 10, 0, 0, 2, 6, .. U64(start), .. U32(int.MaxValue), .. U64(ulong.MaxValue - 5), .. U32(uint.MaxValue)];
        Observation observation = Assert.Single(NetworkReading.Of(Ipfix(5, Set(2, template), Set(300, record))).Observations);

        Assert.Equal((DateTimeOffset?)Exported, observation.Time);
    }

    private static void AssertPlain(Observation observation, DateTimeOffset time)
    {
        FlowFields flow = observation.Flow!;
        Assert.Equal((SourceNames.Netflow, ObservationKind.Flow, time), (observation.Source, observation.Kind, observation.Time));
        Assert.Equal(("10.20.0.7", 49_812, "203.0.113.50", 8_443, 6), (flow.SrcIp.ToString(), flow.SrcPort, flow.DstIp.ToString(), flow.DstPort, flow.Protocol));
        Assert.Equal((2_560L, 12L, 2_000L, true, false), (flow.BytesOut, flow.PacketsOut, flow.DurationMs, flow.CountersAreDeltas, flow.InitiatorKnown));
    }
}
