using System.Globalization;
using CipherWatch.Core.Telemetry.Captures;
using static CipherWatch.Core.Tests.Telemetry.Captures.CaptureBuilder;

namespace CipherWatch.Core.Tests.Telemetry.Captures.Packets;

/// <summary>Tags, labels and frames within frames; what is not followed is counted by its type.</summary>
public class EtherTypesTests
{
    private const string Mac = "00005e00530100005e005302";

    private static readonly byte[] Secret = RandomBytes(600);
    private static readonly byte[] Packet = Ip(17, Datagram(ClientPort, ServerPort, Secret), Client, Server);

    [Theory]
    [InlineData("8100 0064 0800")]
    [InlineData("88a8 0064 8100 00c8 0800")]
    [InlineData("9100 0064 9200 0064 9300 0064 0800")]
    [InlineData("8926 00000001 0800")]
    [InlineData("8926 00000001 8100 0064 0800")]
    [InlineData("893f 000000010000 0800")]
    [InlineData("8909 01 01 0001 0064 0800")]
    [InlineData("8988 000102030405 0800")]
    [InlineData("892f 0064 0001 0800")]
    [InlineData("f1c1 0000 0001 0800")]
    [InlineData("dada 0000 c0000000 0800")]
    [InlineData("88e5 00 00 00000001 0800")]
    [InlineData("88e5 20 00 00000001 00005e0053010001 0800")]
    [InlineData("88e7 00000064 " + Mac + " 0800")]
    [InlineData("88e7 00000064 " + Mac + " 8100 0064 0800")]
    [InlineData("8903 0040 " + Mac + " 0800")]
    [InlineData("22f3 0000 0001 0002 " + Mac + " 0800")]
    [InlineData("22f3 0040 0001 0002 00000000 " + Mac + " 0800")]
    [InlineData("894f 0fc2 01 01 000001ff")]
    [InlineData("894f 0fc2 01 03 000001ff " + Mac + " 0800")]
    [InlineData("6558 " + Mac + " 0800")]
    [InlineData("880b ff03 0021")]
    [InlineData("8864 1100 0001 0000 0021")]
    [InlineData("8847 00014040 00014140")]
    [InlineData("8848 00014140")]
    [InlineData("8847 00014140 00000000 " + Mac + " 0800")]
    [InlineData("8847 00014140 " + Mac + " 0800")]
    [InlineData("8847 00014140 40005e005301 60005e005302 0800")]
    [InlineData("8847 00014140 60005e005301 60005e005302 8100 0064 0800")]
    public void A_type_is_followed(string types)
    {
        (CaptureSummary summary, List<CapturedFlow> flows) = Read(new CaptureBuilder().Frame([.. Hex(Mac), .. Hex(types), .. Packet]).Pcap());

        Assert.Equal("10.20.0.7:49812 > 203.0.113.50:8443 udp", Assert.Single(flows).ToString());
        Assert.Equal(Secret, flows[0].Out.First.ToArray());
        Assert.Empty(summary.Unread);
    }

    [Theory]
    [InlineData("88e5 0c 00 00000001", "Ethernet type 0x88e5 (MACsec, encrypted)")]
    [InlineData("8100 0064 7777", "Ethernet type 0x7777")]
    [InlineData("8864 1100 0001 0000 00fd", "PPP protocol 0x00fd")]
    public void A_type_that_is_not_followed_is_counted(string types, string name)
    {
        (CaptureSummary summary, List<CapturedFlow> flows) = Read(new CaptureBuilder().Frame([.. Hex(Mac), .. Hex(types), .. Packet]).Pcap());

        Assert.Empty(flows);
        Assert.Equal((name, 1), Assert.Single(summary.Unread.Select(unread => (unread.Key, (int)unread.Value))));
        Assert.Equal((1, 0), (summary.Packets, summary.PacketsKept));
    }

    [Theory]
    [InlineData("0806 0001 0800 06 04 0001")]
    [InlineData("88cc 0207")]
    [InlineData("0027 424203 0000000000")]
    [InlineData("8863 1109 0000 0004")]
    [InlineData("8864 1100 0001 0006 c021 01010004")]
    public void What_carries_no_ip_by_its_nature_is_passed_over(string types)
    {
        (CaptureSummary summary, List<CapturedFlow> flows) = Read(new CaptureBuilder().Frame([.. Hex(Mac), .. Hex(types)]).Pcap());

        Assert.Empty(flows);
        Assert.Empty(summary.Unread);
    }

    [Fact]
    public void Frames_encrypted_on_the_air_are_counted()
    {
        byte[] frame = [.. Hex("0841 0000 000000000000 000000000000 000000000000 0000"), .. Packet];

        Assert.Equal(["802.11 frames encrypted on the air"], Read(new CaptureBuilder().Frame(frame).Pcap(link: 105)).Summary.Unread.Keys);
    }

    [Fact]
    public void Packets_cut_off_before_their_ports_are_counted()
    {
        byte[] frame = Ethernet(Packet);

        Assert.Equal(["packets cut off before their ports"], Read(new CaptureBuilder().Frame(frame[..36], frame.Length).Pcap()).Summary.Unread.Keys);
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", string.Empty, false, CultureInfo.InvariantCulture));
}
