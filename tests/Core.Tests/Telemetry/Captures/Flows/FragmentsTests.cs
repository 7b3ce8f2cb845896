using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Captures;
using CipherWatch.Core.Telemetry.Captures.Packets;
using FsCheck.Xunit;
using static CipherWatch.Core.Tests.Telemetry.Captures.CaptureBuilder;

namespace CipherWatch.Core.Tests.Telemetry.Captures.Flows;

/// <summary>Packets that were cut up on their way are put together, whatever the order of their parts.</summary>
public class FragmentsTests
{
    private static readonly byte[] Secret = RandomBytes(3000);
    private static readonly byte[] Packet = Ip(17, Datagram(ClientPort, ServerPort, Secret), Client, Server);
    private static readonly byte[] Packet6 = Ip(17, Datagram(ClientPort, ServerPort, Secret), "2001:db8::7", "2001:db8::50");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_datagram_is_put_together(bool v4)
    {
        (CaptureSummary summary, List<CapturedFlow> flows) = Read(new CaptureBuilder().Parts(v4 ? Packet : Packet6, 1480, 9).Pcap());

        CapturedFlow flow = Assert.Single(flows);
        Assert.Equal((3000, 1, 3, 3), (flow.Flow.BytesOut, flow.Flow.PacketsOut, summary.Packets, summary.PacketsOfFlows));
        Assert.Equal(Secret[..2048], flow.Out.First.ToArray());
        Assert.Equal(2, flow.Flow.DurationMs);
        Assert.Empty(summary.Unread);
    }

    [Property(MaxTest = 100)]
    public void In_any_order_and_of_any_size(uint seed, bool v4)
    {
        int size = (int)(8 * (1 + (seed % 180)));
        CapturedFlow flow = new CaptureBuilder()
            .Parts(v4 ? Packet : Packet6, size, 1).Parts(v4 ? Packet : Packet6, size, 2).Shuffle((int)(seed % 10_007)).Flow();

        Assert.Equal((6000, 2), (flow.Flow.BytesOut, flow.Flow.PacketsOut));
        Assert.All(flow.Out.Datagrams, datagram => Assert.Equal(Secret[..2048], datagram.ToArray()));
    }

    [Fact]
    public void A_stream_whose_segments_are_cut_up_is_seen_whole()
    {
        byte[] segment = Segment(1001, Secret.AsSpan(0, 1400));

        CapturedFlow flow = new CaptureBuilder().Open().Parts(Ip(6, segment, Client, Server), 720, 5).Tcp(true, 2401, TcpFlags.Acknowledge, Secret.AsSpan(1400, 700)).Flow();

        Assert.Equal((2100, 2100), (flow.Flow.BytesOut, flow.Out.FirstBytes.Length));
        Assert.Equal(Handshake.None, flow.Flow.Handshake);
    }

    [Fact]
    public void What_came_first_stands_where_parts_overlap()
    {
        byte[][] parts = [.. Cut(Packet, 1480, 9)];
        byte[] other = [.. parts[1]];
        other.AsSpan(20).Fill(0x41);

        CapturedFlow flow = new CaptureBuilder().Frame(Ethernet(parts[1])).Frame(Ethernet(other)).Frame(Ethernet(parts[0])).Frame(Ethernet(parts[2])).Flow();

        Assert.Equal(Secret[..2048], flow.Out.First.ToArray());
    }

    [Fact]
    public void A_datagram_that_is_never_whole_counts_as_far_as_it_goes()
    {
        byte[][] parts = [.. Cut(Packet, 1480, 9)];

        (CaptureSummary summary, List<CapturedFlow> flows) = Read(new CaptureBuilder().Frame(Ethernet(parts[0])).Frame(Ethernet(parts[2])).Pcap());

        Assert.Equal((3000, 1472), (Assert.Single(flows).Flow.BytesOut, flows[0].Out.First.Length));
        Assert.Equal((2, 2), (summary.Packets, summary.PacketsOfFlows));
    }

    [Fact]
    public void Parts_without_their_first_are_counted_as_unread()
    {
        byte[][] parts = [.. Cut(Packet, 1480, 9)];

        (CaptureSummary summary, List<CapturedFlow> flows) = Read(new CaptureBuilder().Frame(Ethernet(parts[1])).Frame(Ethernet(parts[2])).Pcap());

        Assert.Empty(flows);
        Assert.Equal(2, Assert.Single(summary.Unread).Value);
    }

    [Fact]
    public void A_number_used_again_after_half_a_minute_is_another_packets()
    {
        byte[][] parts = [.. Cut(Packet, 1480, 9)];

        CapturedFlow flow = new CaptureBuilder().Frame(Ethernet(parts[0])).Wait(31).Frame(Ethernet(parts[1])).Frame(Ethernet(parts[2])).Flow();

        Assert.Equal(1472, Assert.Single(flow.Out.Datagrams).Length);
    }

    [Fact]
    public void Parts_that_wait_are_bounded_and_none_is_lost()
    {
        CaptureBuilder capture = new();
        byte[] first = Cut(Packet, 1480, 9).First();
        for (int number = 0; number < 6000; number++)
        {
            byte[] part = [.. first];
            (part[4], part[5]) = ((byte)(number >> 8), (byte)number);
            capture.Frame(Ethernet(part));
        }

        (CaptureSummary summary, List<CapturedFlow> flows) = Read(capture.Pcap());

        Assert.Equal((6000, 6000), (summary.PacketsOfFlows, Assert.Single(flows).Flow.PacketsOut));
    }

    [Fact]
    public void A_tunnel_whose_datagrams_are_cut_up_is_followed()
    {
        byte[] inner = Ip(17, Datagram(ClientPort, ServerPort, Secret.AsSpan(0, 1472)), Client, Server);
        byte[] vxlan = Ip(17, Datagram(40000, 4789, [8, 0, 0, 0, 0, 0, 1, 0, .. Ethernet(inner)]), "192.0.2.1", "192.0.2.2");

        List<CapturedFlow> flows = new CaptureBuilder().Parts(vxlan, 1480, 7).Flows();

        Assert.Equal(["vxlan", null], flows.Select(flow => flow.Tunnel));
        Assert.Equal(Secret[..1472], flows[1].Out.First.ToArray());
    }

    [Fact]
    public void Extension_headers_within_the_parts_are_passed_over()
    {
        byte[] packet = Ip(60, [17, 0, 0, 0, 0, 0, 0, 0, .. Datagram(1, 2, Secret)], "2001:db8::7", "2001:db8::50");

        Assert.Equal((3000, "[2001:db8::50]:2"), (new CaptureBuilder().Parts(packet, 1480, 7).Flow().Flow.BytesOut, new CaptureBuilder().Parts(packet, 1480, 7).Flow().ToString().Split(' ')[2]));
    }

    private static byte[] Segment(uint sequence, ReadOnlySpan<byte> payload)
    {
        byte[] segment = [ClientPort >> 8, ClientPort & 255, ServerPort >> 8, ServerPort & 255, 0, 0, (byte)(sequence >> 8), (byte)sequence, 0, 0, 0, 0, 0x50, 0x10, 0, 0, 0, 0, 0, 0, .. payload];
        return segment;
    }
}
