using CipherWatch.Core.Telemetry.Captures;
using CipherWatch.Core.Telemetry.Captures.Packets;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Telemetry.Network;
using static CipherWatch.Core.Tests.Telemetry.Captures.CaptureBuilder;

namespace CipherWatch.Core.Tests.Telemetry.Captures.Flows;

/// <summary>Clocks that are set back, captures without times, and several captures in one file.</summary>
public class CaptureClockTests
{
    private static readonly byte[] Secret = RandomBytes(600);

    [Fact]
    public void A_clock_set_back_leaves_the_start_and_makes_the_duration_unknown()
    {
        CapturedFlow flow = new CaptureBuilder().Open().Tcp(true, 1001, TcpFlags.Acknowledge, Secret).Wait(-3600)
            .Tcp(true, 1601, TcpFlags.Acknowledge, Secret).Tcp(true, 2201, TcpFlags.Acknowledge, Secret).Flow();

        Assert.Equal(("2026-03-02T10:00:00.000Z", null), (ObservationJson.Iso(flow.Start!.Value), flow.Flow.DurationMs));
        Assert.Equal(1800, flow.Flow.BytesOut);
    }

    [Fact]
    public void Packets_out_of_order_by_milliseconds_are_no_clock_that_was_set()
    {
        CapturedFlow flow = new CaptureBuilder().Tcp(true, 1001, TcpFlags.Acknowledge, Secret).Wait(-0.2).Tcp(true, 1601, TcpFlags.Acknowledge, Secret).Flow();

        Assert.Equal(("2026-03-02T09:59:59.801Z", 199), (ObservationJson.Iso(flow.Start!.Value), flow.Flow.DurationMs));
    }

    [Fact]
    public void Simple_packets_have_no_time_and_are_dated_by_their_file()
    {
        byte[] file = new CaptureBuilder().Open().Tcp(true, 1001, TcpFlags.Acknowledge, Secret).Pcapng(simple: true);
        DateTimeOffset written = new(2026, 4, 5, 6, 7, 8, TimeSpan.Zero);

        NetworkReading reading = NetworkReading.Of(file, written);

        Assert.All(reading.Observations, seen => Assert.Equal((null, written, null), (seen.Time, seen.RecordTime, seen.Flow!.DurationMs)));
        Assert.Equal((2, 1), (reading.Observations.Count, (int)reading.Counts.UndatedFlows));
        Assert.Equal(600, reading.Observations[0].Flow!.BytesOut);
    }

    [Fact]
    public void A_packet_without_a_time_has_that_of_the_packets_beside_it()
    {
        byte[] timed = new CaptureBuilder().Udp(true, Secret, serverPort: 53).Pcapng();
        byte[] timeless = new CaptureBuilder().Open().Pcapng(simple: true);

        Assert.All(Read([.. timed, .. timeless]).Flows, flow => Assert.Equal("2026-03-02T10:00:00.000Z", ObservationJson.Iso(flow.Start!.Value)));
        Assert.All(Read([.. timeless, .. timed]).Flows, flow => Assert.Equal("2026-03-02T10:00:00.000Z", ObservationJson.Iso(flow.Start!.Value)));
    }

    [Fact]
    public void Captures_put_into_one_file_are_all_read()
    {
        byte[] first = new CaptureBuilder().Open().Pcap();
        byte[] second = new CaptureBuilder().Udp(true, Secret).Pcap(bigEndian: true, nanoseconds: true);
        byte[] third = new CaptureBuilder().Udp(true, Secret, serverPort: 53).Pcapng(bigEndian: true);
        byte[] fourth = new CaptureBuilder().Udp(true, Secret, serverPort: 54).Pcapng(digits: 9);
        byte[] fifth = new CaptureBuilder().Frame(Ip(17, Datagram(1, 2, Secret), Client, Server)).Pcap(link: 101);

        (CaptureSummary summary, List<CapturedFlow> flows) = Read([.. first, .. second, .. third, .. fourth, .. fifth]);

        Assert.Equal((7, 7, 5, null), (summary.Packets, summary.PacketsOfFlows, summary.Flows, summary.Fault));
        Assert.Equal(5, flows.Count);
    }

    [Fact]
    public void A_second_capture_of_another_time_starts_the_wait_for_quiet_anew()
    {
        byte[] first = new CaptureBuilder().Udp(true, Secret, serverPort: 53).Pcap();
        byte[] later = new CaptureBuilder().Wait(3600).Udp(true, Secret).Pcap();
        byte[] next = new CaptureBuilder().Wait(2).Udp(true, Secret, serverPort: 54).Wait(40).Udp(true, Secret).Pcap();

        Assert.False(Read([.. first, .. later]).Flows[1].StartSeen);
        Assert.Equal([false, false, true], Read([.. first, .. next]).Flows.Select(flow => flow.StartSeen));
    }

    [Fact]
    public void The_rest_of_a_capture_that_was_cut_is_kept_as_it_stood()
    {
        byte[] whole = new CaptureBuilder().Open().Pcap();

        NetworkReading cut = NetworkReading.Of(whole.AsSpan(0, whole.Length - 5));

        Assert.Equal(whole[^(54 + 16)..^5], Assert.Single(cut.Letters).Raw.ToArray());
    }

    [Fact]
    public void All_bytes_behind_a_break_are_kept_in_parts()
    {
        byte[] junk = RandomBytes(3 << 20);
        junk.AsSpan(0, 64).Fill(0xff);
        byte[] whole = new CaptureBuilder().Open().Pcap();

        NetworkReading reading = NetworkReading.Of([.. whole, .. junk]);

        Assert.Equal((1, 1), (reading.Counts.Observed, reading.Counts.DeadLettered));
        Assert.Equal(junk, (byte[])[.. reading.Letters.OrderBy(letter => letter.Part).SelectMany(letter => letter.Raw.ToArray())]);
    }

    [Fact]
    public void A_packet_of_an_interface_that_is_not_described_is_counted()
    {
        byte[] file = new CaptureBuilder().Udp(true, Secret).Pcapng(interfaces: 0);

        Assert.Equal(["pcapng packets of an interface that the file does not describe"], Read(file).Summary.Unread.Keys);
    }
}
