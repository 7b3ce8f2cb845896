using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Captures;
using CipherWatch.Core.Telemetry.Captures.Flows;
using CipherWatch.Core.Telemetry.Captures.Packets;
using FsCheck.Xunit;
using static CipherWatch.Core.Tests.Telemetry.Captures.CaptureBuilder;

namespace CipherWatch.Core.Tests.Telemetry.Captures.Flows;

/// <summary>Segments count once, whatever their order, and a capture says the same in one file or in many.</summary>
public class StreamOrderTests
{
    private static readonly byte[] Secret = RandomBytes(20_000);

    [Property(MaxTest = 200)]
    public void Any_order_gives_the_same_bytes(uint seed, bool opened)
    {
        CapturedFlow straight = Stream(seed, opened).Flow();
        CapturedFlow shuffled = Stream(seed, opened).Shuffle((int)(seed % 100_003)).Flow();

        Assert.Equal(straight.ToString(), shuffled.ToString());
        Assert.Equal((straight.Flow.BytesOut, straight.Flow.BytesIn), (shuffled.Flow.BytesOut, shuffled.Flow.BytesIn));
        Assert.Equal(straight.Out.FirstBytes.ToArray(), shuffled.Out.FirstBytes.ToArray());
        Assert.Equal(straight.In.FirstBytes.ToArray(), shuffled.In.FirstBytes.ToArray());
        Assert.Equal(straight.Flow.Handshake, shuffled.Flow.Handshake);
    }

    [Property(MaxTest = 100)]
    public void Any_split_over_captures_in_one_file_gives_the_same_flows(uint seed, byte packets)
    {
        CaptureBuilder capture = Stream(seed, opened: true).Udp(true, Secret.AsSpan(0, 300)).Udp(false, Secret.AsSpan(300, 300))
            .Parts(Ip(17, Datagram(7777, 8888, Secret.AsSpan(0, 3000)), Client, Server), 1480, 3);
        for (ushort number = 0; number < 12; number++)
        {
            capture.Wait(4).Udp(true, Secret.AsSpan(0, 300), serverPort: (ushort)(999 + (number / 3)));
        }

        List<CapturedFlow> whole = Read(capture.Pcap()).Flows;
        List<CapturedFlow> split = Read(capture.Split(packets)).Flows;

        Assert.Equal(whole.Select(flow => (flow.Start, flow.Flow)), split.Select(flow => (flow.Start, flow.Flow)));
        Assert.Equal(whole.SelectMany(flow => flow.Out.First.ToArray()), split.SelectMany(flow => flow.Out.First.ToArray()));
    }

    [Property(MaxTest = 200)]
    public void Ranges_count_each_byte_once(ushort[] places, byte length)
    {
        ByteRanges ranges = default;
        HashSet<long> seen = [];
        long counted = 0;
        foreach (ushort place in places.Take(60))
        {
            long start = place % 2000;
            counted += ranges.Add(start, start + length);
            seen.UnionWith(Enumerable.Range((int)start, length).Select(at => (long)at));
        }

        Assert.Equal(seen.Count, counted);
    }

    [Fact]
    public void Ranges_are_bounded_and_never_count_too_much()
    {
        ByteRanges ranges = default;
        long counted = 0;
        foreach (int place in Enumerable.Range(0, 1000).Select(number => number * 7919 % 1000))
        {
            counted += ranges.Add(place * 10, (place * 10) + 5);
        }

        Assert.InRange(counted, 1, 5000);
        Assert.InRange(counted + ranges.Add(0, 10_000), counted, 10_000);
        Assert.Equal(0, ranges.Add(0, 10_000));
    }

    [Fact]
    public void Swapped_segments_count_once()
    {
        CapturedFlow flow = new CaptureBuilder().Open()
            .Tcp(true, 1001, TcpFlags.Acknowledge, Secret.AsSpan(0, 1000)).Tcp(true, 3001, TcpFlags.Acknowledge, Secret.AsSpan(2000, 1000))
            .Tcp(true, 2001, TcpFlags.Acknowledge, Secret.AsSpan(1000, 1000)).Tcp(true, 4001, TcpFlags.Acknowledge, Secret.AsSpan(3000, 1000)).Flow();

        Assert.Equal((4000, 4000), (flow.Flow.BytesOut, flow.Out.FirstBytes.Length));
    }

    [Fact]
    public void Segments_far_into_a_stream_count_too_when_swapped()
    {
        CaptureBuilder capture = new CaptureBuilder().Open();
        foreach (int place in (ReadOnlySpan<int>)[0, 2, 1, 4, 3, 6, 5, 5, 3])
        {
            capture.Tcp(true, 1001 + ((uint)place * 1000), TcpFlags.Acknowledge, Secret.AsSpan(place * 1000, 1000));
        }

        Assert.Equal((7000, 7), ((long)capture.Flow().Flow.BytesOut!, capture.Flow().Out.Lengths.Count));
    }

    [Fact]
    public void The_server_side_alone_leaves_the_other_unknown()
    {
        CapturedFlow flow = new CaptureBuilder().Tcp(false, 5000, TcpFlags.Syn | TcpFlags.Acknowledge, acknowledgement: 1001)
            .Tcp(false, 5001, TcpFlags.Acknowledge, Secret.AsSpan(0, 1400), acknowledgement: 3001).Flow();

        Assert.Equal((Handshake.Unseen, null, null, 1400), (flow.Flow.Handshake, flow.Flow.BytesOut, flow.Flow.PacketsOut, flow.Flow.BytesIn));
        Assert.Equal("10.20.0.7", flow.Flow.SrcIp.ToString());
    }

    [Fact]
    public void The_client_side_alone_leaves_the_other_unknown()
    {
        CapturedFlow flow = new CaptureBuilder().Tcp(true, 1000, TcpFlags.Syn)
            .Tcp(true, 1001, TcpFlags.Acknowledge, Secret.AsSpan(0, 1400), acknowledgement: 5001).Flow();

        Assert.Equal((Handshake.Unseen, null, null), (flow.Flow.Handshake, flow.Flow.BytesIn, flow.Flow.PacketsIn));
    }

    [Fact]
    public void Bytes_that_were_answered_and_not_captured_are_unknown()
    {
        CapturedFlow flow = new CaptureBuilder().Open()
            .Tcp(false, 5001, TcpFlags.Acknowledge, Secret.AsSpan(0, 1400), acknowledgement: 3001).Flow();

        Assert.Equal((Handshake.Unseen, null, 2), (flow.Flow.Handshake, flow.Flow.BytesOut, flow.Flow.PacketsOut));
    }

    [Fact]
    public void A_call_that_nobody_answers_is_known_to_carry_nothing_back()
    {
        CapturedFlow flow = new CaptureBuilder().Tcp(true, 1000, TcpFlags.Syn).Tcp(true, 1000, TcpFlags.Syn).Flow();

        Assert.Equal((0, 0), (flow.Flow.BytesIn, flow.Flow.PacketsIn));
    }

    [Fact]
    public void A_silent_side_that_only_ends_the_connection_sent_nothing()
    {
        CapturedFlow flow = new CaptureBuilder().Open().Tcp(true, 1001, TcpFlags.Acknowledge, Secret.AsSpan(0, 600))
            .Tcp(false, 5001, TcpFlags.Fin | TcpFlags.Acknowledge, acknowledgement: 1601).Tcp(true, 1601, TcpFlags.Acknowledge, acknowledgement: 5002).Flow();

        Assert.Equal((Handshake.None, 0), (flow.Flow.Handshake, flow.Flow.BytesIn));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_initiator_that_was_not_seen_is_inferred_by_port_and_says_so(bool clientFirst)
    {
        CapturedFlow flow = new CaptureBuilder().Tcp(clientFirst, 9000, TcpFlags.Acknowledge, Secret.AsSpan(0, 200)).Flow();

        Assert.Equal(("10.20.0.7", false, true), (flow.Flow.SrcIp.ToString(), flow.Flow.InitiatorKnown, flow.Flow.IsInitiatorInferred));
    }

    private static CaptureBuilder Stream(uint seed, bool opened)
    {
        Random random = new((int)(seed % int.MaxValue));
        CaptureBuilder capture = opened ? new CaptureBuilder().Open() : new CaptureBuilder();
        foreach (bool outward in (ReadOnlySpan<bool>)[true, false])
        {
            for (int at = 0; at < 9000;)
            {
                int length = random.Next(300, 1460);
                int start = Math.Max(0, at - (random.Next(4) == 0 ? random.Next(200) : 0));
                capture.Tcp(outward, (outward ? 1001u : 5001u) + (uint)start, TcpFlags.Acknowledge, Secret.AsSpan(start + (outward ? 0 : 9_500), at + length - start));
                at += length;
            }
        }

        return capture;
    }
}
