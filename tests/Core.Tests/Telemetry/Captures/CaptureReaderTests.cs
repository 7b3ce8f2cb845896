using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Captures;
using CipherWatch.Core.Telemetry.Captures.Packets;
using CipherWatch.Core.Telemetry.Observations;
using static CipherWatch.Core.Tests.Telemetry.Captures.CaptureBuilder;

namespace CipherWatch.Core.Tests.Telemetry.Captures;

public class CaptureReaderTests
{
    private static readonly byte[] Secret = RandomBytes(600);

    [Fact]
    public void A_connection_becomes_one_flow_with_its_first_bytes_and_counters()
    {
        CapturedFlow flow = new CaptureBuilder().Open()
            .Tcp(true, 1001, TcpFlags.Acknowledge, Secret.AsSpan(0, 400))
            .Tcp(false, 5001, TcpFlags.Acknowledge, Secret.AsSpan(400, 200)).Flow();

        Assert.Equal("10.20.0.7:49812 > 203.0.113.50:8443 tcp", flow.ToString());
        Assert.Equal((400, 200, 3, 2), (flow.Flow.BytesOut, flow.Flow.BytesIn, flow.Flow.PacketsOut, flow.Flow.PacketsIn));
        Assert.Equal((3 * 54) + 400, flow.Out.FrameBytes);
        Assert.Equal(Secret[..400], flow.Out.FirstBytes.ToArray());
        Assert.Equal(Secret[400..], flow.In.FirstBytes.ToArray());
        Assert.Equal("2026-03-02T10:00:00.000Z", ObservationJson.Iso(flow.Start!.Value));
        Assert.Equal((4, true, true), (flow.Flow.DurationMs, flow.Flow.InitiatorKnown, flow.StartSeen));
    }

    [Fact]
    public void Ciphertext_from_a_seen_start_is_encrypted_without_a_key_exchange()
    {
        CapturedFlow flow = new CaptureBuilder().Open()
            .Tcp(true, 1001, TcpFlags.Acknowledge, Secret)
            .Tcp(false, 5001, TcpFlags.Acknowledge, RandomBytes(600, 7)).Flow();

        Assert.Equal((PayloadVerdict.Encrypted, Handshake.None, true), (flow.Score().Verdict, flow.Score().Handshake, flow.Score().WithoutKeyExchange));
    }

    [Fact]
    public void Without_its_start_a_flow_proves_nothing_and_the_lower_port_answers()
    {
        CapturedFlow flow = new CaptureBuilder()
            .Tcp(false, 5001, TcpFlags.Acknowledge, RandomBytes(600, 7))
            .Tcp(true, 1001, TcpFlags.Acknowledge, Secret).Flow();

        Assert.Equal((Handshake.Unseen, false, false), (flow.Flow.Handshake, flow.StartSeen, flow.Flow.InitiatorKnown));
    }

    [Fact]
    public void Segments_are_put_in_order_and_retransmissions_dropped()
    {
        CapturedFlow flow = new CaptureBuilder().Open()
            .Tcp(true, 1101, TcpFlags.Acknowledge, Secret.AsSpan(100, 100))
            .Tcp(true, 1001, TcpFlags.Acknowledge, Secret.AsSpan(0, 100))
            .Tcp(true, 1051, TcpFlags.Acknowledge, new byte[100])
            .Tcp(true, 1201, TcpFlags.Acknowledge, Secret.AsSpan(200, 50))
            .Tcp(true, 1000, TcpFlags.Acknowledge, new byte[1]).Flow();

        Assert.Equal(Secret[..250], flow.Out.FirstBytes.ToArray());
        Assert.False(flow.Out.HasGap);
    }

    [Fact]
    public void Repeated_bytes_count_once()
    {
        CapturedFlow flow = new CaptureBuilder().Open()
            .Tcp(true, 1001, TcpFlags.Acknowledge, Secret.AsSpan(0, 100))
            .Tcp(true, 1001, TcpFlags.Acknowledge, Secret.AsSpan(0, 100))
            .Tcp(true, 1051, TcpFlags.Acknowledge, Secret.AsSpan(50, 100)).Flow();

        Assert.Equal((150, 5), (flow.Flow.BytesOut, flow.Flow.PacketsOut));
        Assert.Equal([100, 100], flow.Out.Lengths);
    }

    [Fact]
    public void What_is_missing_ends_the_first_bytes_and_the_proof()
    {
        CapturedFlow flow = new CaptureBuilder().Open()
            .Tcp(true, 1001, TcpFlags.Acknowledge, Secret.AsSpan(0, 100))
            .Tcp(true, 1201, TcpFlags.Acknowledge, Secret.AsSpan(200, 100)).Flow();

        Assert.Equal((100, true, Handshake.Unseen), (flow.Out.FirstBytes.Length, flow.Out.HasGap, flow.Flow.Handshake));
    }

    [Fact]
    public void Sequence_numbers_wrap()
    {
        CapturedFlow flow = new CaptureBuilder()
            .Tcp(true, uint.MaxValue - 50, TcpFlags.Syn)
            .Tcp(false, uint.MaxValue, TcpFlags.Syn | TcpFlags.Acknowledge, acknowledgement: uint.MaxValue - 49)
            .Tcp(true, uint.MaxValue - 49, TcpFlags.Acknowledge, Secret.AsSpan(0, 100))
            .Tcp(true, 50, TcpFlags.Acknowledge, Secret.AsSpan(100, 100))
            .Tcp(false, 0, TcpFlags.Acknowledge, Secret.AsSpan(300, 100)).Flow();

        Assert.Equal(Secret[..200], flow.Out.FirstBytes.ToArray());
        Assert.Equal(Secret[300..400], flow.In.FirstBytes.ToArray());
        Assert.Equal((200, 100), (flow.Flow.BytesOut, flow.Flow.BytesIn));
    }

    [Fact]
    public void An_answer_alone_shows_where_both_sides_begin()
    {
        CapturedFlow flow = new CaptureBuilder()
            .Tcp(false, 5000, TcpFlags.Syn | TcpFlags.Acknowledge, acknowledgement: 1001)
            .Tcp(true, 1001, TcpFlags.Acknowledge, Secret.AsSpan(0, 100)).Flow();

        Assert.Equal((true, "10.20.0.7"), (flow.StartSeen, flow.Flow.SrcIp.ToString()));
    }

    [Fact]
    public void Ports_used_again_are_another_flow()
    {
        List<CapturedFlow> flows = new CaptureBuilder().Open().Tcp(true, 1001, TcpFlags.Acknowledge, Secret.AsSpan(0, 10))
            .Tcp(true, 1000, TcpFlags.Syn)
            .Tcp(true, 90_000, TcpFlags.Syn).Tcp(true, 90_001, TcpFlags.Acknowledge, Secret.AsSpan(10, 10)).Flows();

        Assert.Equal([5, 2], flows.Select(flow => (int)(flow.Out.Packets + flow.In.Packets)));
        Assert.Equal(Secret[10..20], flows[1].Out.FirstBytes.ToArray());
    }

    [Fact]
    public void A_cut_packet_counts_whole_and_holds_what_was_kept()
    {
        CapturedFlow flow = new CaptureBuilder().Open().Tcp(true, 1001, TcpFlags.Acknowledge, Secret, keep: 54 + 96).Flow();

        Assert.Equal((600, 96, 654), (flow.Flow.BytesOut, flow.Out.FirstBytes.Length, (int)flow.Out.FrameBytes - (2 * 54)));
    }

    [Fact]
    public void Padding_of_short_frames_is_no_payload()
    {
        byte[] segment = Ip(6, [0xc2, 0x94, 0x20, 0xfb, 0, 0, 0, 1, 0, 0, 0, 0, 0x50, 0x10, 0, 0, 0, 0, 0, 0], Client, Server);

        Assert.Equal(0, new CaptureBuilder().Frame([.. Ethernet(segment), 1, 2, 3, 4, 5, 6]).Flow().Flow.BytesOut);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Both_byte_orders_and_both_clocks_read_alike(bool bigEndian, bool nanoseconds)
    {
        CaptureBuilder capture = new CaptureBuilder().Open().Tcp(true, 1001, TcpFlags.Acknowledge, Secret);
        CapturedFlow expected = capture.Flow();

        foreach (byte[] bytes in new[] { capture.Pcap(bigEndian, nanoseconds), capture.Pcapng(bigEndian, nanoseconds ? 9 : 6) })
        {
            (CaptureSummary summary, List<CapturedFlow> flows) = Read(bytes);
            CapturedFlow flow = Assert.Single(flows);
            Assert.Equal((expected.Start, expected.Flow), (flow.Start, flow.Flow));
            Assert.Equal((4, 4, 1, null), (summary.Packets, summary.PacketsOfFlows, summary.Flows, summary.Fault));
        }
    }

    [Fact]
    public void A_datagram_after_a_quiet_time_starts_its_flow()
    {
        CapturedFlow early = new CaptureBuilder().Udp(true, Secret).Udp(false, Secret).Flow();
        List<CapturedFlow> late = new CaptureBuilder().Udp(true, Secret, serverPort: 53).Wait(31).Udp(true, Secret).Udp(false, RandomBytes(600, 7)).Flows();

        Assert.Equal(Handshake.Unseen, early.Flow.Handshake);
        Assert.Equal((Handshake.None, true), (late[1].Flow.Handshake, late[1].Flow.InitiatorKnown));
        Assert.Equal(Secret, late[1].Out.Datagrams[0].ToArray());
    }

    [Fact]
    public void Later_fragments_and_frames_without_ip_belong_to_no_flow()
    {
        (CaptureSummary summary, List<CapturedFlow> flows) = Read(new CaptureBuilder()
            .Frame(Ethernet(Ip(17, Secret, Client, Server, fragment: 185)))
            .Frame(Ethernet([0, 1, 8, 0, 6, 4, 0, 1], 0x0806)).Pcap());

        Assert.Empty(flows);
        Assert.Equal((2, 0), (summary.Packets, summary.PacketsOfFlows));
    }

    [Theory]
    [InlineData("vlan")]
    [InlineData("qinq")]
    [InlineData("mpls")]
    [InlineData("pppoe")]
    [InlineData("ipip")]
    [InlineData("gre")]
    [InlineData("vxlan")]
    public void Flows_are_found_inside_tags_and_tunnels(string kind)
    {
        byte[] inner = Ip(17, Datagram(ClientPort, ServerPort, Secret), Client, Server);
        byte[] frame = kind switch
        {
            "vlan" => Ethernet([0, 100, 8, 0, .. inner], 0x8100),
            "qinq" => Ethernet([0, 100, 0x81, 0, 0, 200, 8, 0, .. inner], 0x88a8),
            "mpls" => Ethernet([0, 1, 0x41, 64, .. inner], 0x8847),
            "pppoe" => Ethernet([0x11, 0, 0, 1, 0, 0, 0, 0x21, .. inner], 0x8864),
            "ipip" => Ethernet(Ip(4, inner, "192.0.2.1", "192.0.2.2")),
            "gre" => Ethernet(Ip(47, [0x20, 0, 8, 0, 0, 0, 0, 9, .. inner], "192.0.2.1", "192.0.2.2")),
            _ => Ethernet(Ip(17, Datagram(5555, 4789, [8, 0, 0, 0, 0, 0, 1, 0, .. Ethernet(inner)]), "192.0.2.1", "192.0.2.2")),
        };

        CapturedFlow flow = new CaptureBuilder().Frame(frame).Flows()[^1];

        Assert.Equal("10.20.0.7:49812 > 203.0.113.50:8443 udp", flow.ToString());
        Assert.Equal(Secret, flow.Out.First.ToArray());
    }

    [Fact]
    public void Extension_headers_of_ipv6_are_passed_over()
    {
        byte[] packet = Ip(0, [60, 0, 0, 0, 0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, .. Datagram(1, 2, Secret)], "2001:db8::1", "2001:db8::2");

        Assert.Equal("[2001:db8::1]:1 > [2001:db8::2]:2 udp", new CaptureBuilder().Frame(Ethernet(packet)).Flow().ToString());
    }

    [Theory]
    [InlineData(0, new byte[] { 2, 0, 0, 0 })]
    [InlineData(101, new byte[0])]
    [InlineData(228, new byte[0])]
    [InlineData(9, new byte[] { 0xff, 3, 0, 0x21 })]
    [InlineData(104, new byte[] { 0x0f, 0, 8, 0 })]
    [InlineData(113, new byte[] { 0, 0, 0, 1, 0, 6, 0, 0, 0x5e, 0, 0x53, 1, 0, 0, 8, 0 })]
    [InlineData(276, new byte[] { 8, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 0, 0, 0x5e, 0, 0x53, 1, 0, 0 })]
    [InlineData(105, new byte[] { 8, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xaa, 0xaa, 3, 0, 0, 0, 8, 0 })]
    public void Link_types_are_peeled_off(int link, byte[] header)
    {
        byte[] bytes = new CaptureBuilder().Frame([.. header, .. Ip(17, Datagram(ClientPort, ServerPort, Secret), Client, Server)]).Pcap(link: link);

        Assert.Equal(600, Assert.Single(Read(bytes).Flows).Flow.BytesOut);
    }

    [Theory]
    [InlineData(10, "Not a packet capture")]
    [InlineData(0, "Not a packet capture")]
    [InlineData(24 + 16 + 20, "cut short")]
    public void A_capture_that_is_cut_says_so(int length, string fault)
    {
        byte[] bytes = new CaptureBuilder().Open().Pcap();

        Assert.Contains(fault, Read(bytes[..length]).Summary.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_before_a_broken_packet_is_kept()
    {
        byte[] bytes = [.. new CaptureBuilder().Open().Pcap(), .. Enumerable.Repeat((byte)0xff, 64)];

        (CaptureSummary summary, List<CapturedFlow> flows) = Read(bytes);

        Assert.Equal(3, summary.Packets);
        Assert.Single(flows);
        Assert.Contains("broken at byte", summary.Fault, StringComparison.Ordinal);
    }
}
