using CipherWatch.Core.Telemetry.Captures;
using CipherWatch.Core.Telemetry.Captures.Packets;

using FsCheck.Xunit;
using static CipherWatch.Core.Tests.Telemetry.Captures.CaptureBuilder;

namespace CipherWatch.Core.Tests.Telemetry.Captures;

/// <summary>Whatever the bytes, a capture is read to where it can be, and its flows can be scored.</summary>
public class CaptureNeverThrowsTests
{
    private static readonly CaptureBuilder Sample = new CaptureBuilder().Open()
        .Tcp(true, 1001, TcpFlags.Acknowledge, [22, 3, 1, 0, 50, 1, 0, 0, 46, 3, 3, .. RandomBytes(44)])
        .Tcp(false, 5001, TcpFlags.Acknowledge, [22, 3, 3, 0, 50, 2, 0, 0, 46, 3, 3, .. RandomBytes(44)])
        .Udp(true, RandomBytes(100)).Udp(false, [.. "SSH-"u8, .. RandomBytes(60)])
        .Frame(Ethernet([0, 1, 0x41, 64, .. Ip(17, Datagram(5555, 4789, [8, 0, 0, 0, 0, 0, 1, 0, .. Ethernet(Ip(6, RandomBytes(40), Client, Server))]), Client, Server)], 0x8847))
        .Frame(Ethernet(Ip(0, [60, 0, 0, 0, 0, 0, 0, 0, 44, 0, 0, 0, 0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, .. RandomBytes(30)], "2001:db8::1", "2001:db8::2")));

    /// <summary>Captures of each form.</summary>
    internal static readonly byte[][] Files = [Sample.Pcap(), Sample.Pcap(bigEndian: true), Sample.Pcapng(), Sample.Pcapng(bigEndian: true, digits: 9), Sample.Pcapng(simple: true), Sample.Split(2)];

    [Property(MaxTest = 500)]
    public void With_any_bytes_changed(uint seed)
    {
        foreach (byte[] file in Files)
        {
            Account(Mutation.Of(file, seed));
        }
    }

    [Property(MaxTest = 500)]
    public void With_any_frame_of_any_link_type(byte[] frame, ushort link) => Account(new CaptureBuilder().Frame(frame).Pcap(link: link));

    [Property(MaxTest = 500)]
    public void With_any_bytes_behind_the_link_header(byte[] packet, uint seed)
    {
        foreach (ushort type in (ReadOnlySpan<ushort>)[0x0800, 0x86dd, 0x8100, 0x8847, 0x8864, 0x6558, 0x8909, 0x894f, 0x22f3, 0x88e5])
        {
            Account(new CaptureBuilder().Frame(Ethernet([(byte)(seed % 2 == 0 ? 0x45 : 0x60), .. packet], type)).Pcap());
        }
    }

    [Property(MaxTest = 300)]
    public void With_any_bytes_in_a_tunnel(byte[] content, uint seed)
    {
        foreach (ushort port in (ReadOnlySpan<ushort>)[1701, 2152, 3544, 4341, 4754, 4789, 4790, 6081, 6635, 37008])
        {
            Account(new CaptureBuilder().Udp(true, [(byte)seed, (byte)(seed >> 8), .. content], port).Pcap());
        }

        foreach (byte protocol in (ReadOnlySpan<byte>)[4, 41, 47, 97, 115, 137])
        {
            Account(new CaptureBuilder().Frame(Ethernet(Ip(protocol, [(byte)seed, (byte)(seed >> 8), .. content], Client, Server))).Pcap());
        }
    }

    [Property(MaxTest = 300)]
    public void With_any_parts_of_packets(ushort[] places, byte[] content)
    {
        CaptureBuilder capture = new();
        foreach (ushort place in places)
        {
            capture.Frame(Ethernet(Ip((byte)(place % 3 == 0 ? 47 : 17), content, Client, Server, fragment: (ushort)(place & 0x3fff))));
        }

        Account(capture.Pcap());
    }

    [Property(MaxTest = 300)]
    public void With_any_segments_in_any_order(byte[][] payloads, uint first)
    {
        CaptureBuilder capture = new CaptureBuilder().Open();
        uint sequence = first;
        foreach (byte[] payload in payloads)
        {
            capture.Tcp(payload.Length % 2 == 0, sequence, TcpFlags.Acknowledge, payload);
            sequence = unchecked((sequence * 31) + (uint)payload.Length);
        }

        Account(capture.Pcap());
    }

    private static void Account(byte[] bytes)
    {
        (CaptureSummary summary, List<CapturedFlow> flows) = Read(bytes);
        Assert.Equal(flows.Count, summary.Flows);
        Assert.InRange(summary.PacketsOfFlows + summary.PacketsKept, 0, summary.Packets);
        foreach (CapturedFlow flow in flows)
        {
            Assert.NotNull(flow.Score());
            Assert.NotEmpty(flow.ToString());
        }
    }
}
