using System.Globalization;
using CipherWatch.Core.Telemetry.Captures;
using CipherWatch.Core.Tests.Telemetry.Network;
using static CipherWatch.Core.Tests.Telemetry.Captures.CaptureBuilder;

namespace CipherWatch.Core.Tests.Telemetry.Captures.Packets;

/// <summary>Each link type of the table, its header written by hand before one datagram.</summary>
public class LinkTypesTests
{
    private const string Mac = "00005e00530100005e005302";

    private static readonly byte[] Secret = RandomBytes(600);
    private static readonly byte[] Packet = Ip(17, Datagram(ClientPort, ServerPort, Secret), Client, Server);

    [Theory]
    [InlineData(6, "10 40 00005e005301 00005e005302 aaaa03 000000 0800")]
    [InlineData(6, "10 40 00005e005301 80005e005302 0630 0011 0012 aaaa03 000000 0800")]
    [InlineData(8, "00000000000000000000000000000000")]
    [InlineData(10, "50 00005e005301 00005e005302 aaaa03 000000 0800")]
    [InlineData(12, "")]
    [InlineData(12, "00000002")]
    [InlineData(14, "")]
    [InlineData(50, "ff03 0021")]
    [InlineData(50, "21")]
    [InlineData(51, "1100 0001 0000 0021")]
    [InlineData(100, "aaaa03 000000 0800")]
    [InlineData(100, "aaaa03 0080c2 0007 0000 " + Mac + " 0800")]
    [InlineData(107, "1841 03 cc")]
    [InlineData(107, "1841 03 00 80 000000 0800")]
    [InlineData(107, "1841 0800")]
    [InlineData(108, "00000002")]
    [InlineData(109, "02000000 00000000 00000000")]
    [InlineData(117, "3d 02 00 00 656d3000000000000000000000000000 00000000000000000000000000000000 00000000 00000000 00000000 00000000 00000000 00000000 01 000000")]
    [InlineData(119, "44000000 90000000 " + Prism + " 0801 0000 000000000000 000000000000 000000000000 0000 aaaa03 000000 0800")]
    [InlineData(122, "00000000000000000000000000000000 aaaa03 000000 0800")]
    [InlineData(127, "0000 0a00 00000000 0000 0801 0000 000000000000 000000000000 000000000000 0000 aaaa03 000000 0800")]
    [InlineData(105, "8801 0000 000000000000 000000000000 000000000000 0000 8000 000000000001 000000000002 0000 aaaa03 000000 0800")]
    [InlineData(138, "0000000000000000 0000000000000000 0800")]
    [InlineData(149, "0c000000 01000000 01000000 " + Mac + " 0800")]
    [InlineData(163, "80211001 0000000c 00000000 0801 0000 000000000000 000000000000 000000000000 0000 aaaa03 000000 0800")]
    [InlineData(166, "0003 0021")]
    [InlineData(192, "00 00 0800 01000000 " + Mac + " 0800")]
    [InlineData(192, "00 00 0800 69000000 0801 0000 000000000000 000000000000 000000000000 0000 aaaa03 000000 0800")]
    [InlineData(197, "0000000000000000 02 04 0000 0000 0000 0000 " + Mac + " 0800")]
    [InlineData(197, "0000000000000000 82 04 0000 0000 0000 0100000000000000 0000 " + Mac + " 0800")]
    [InlineData(204, "01 ff03 0021")]
    [InlineData(205, "01 0f00 0800")]
    [InlineData(206, "01 1841 03 cc")]
    [InlineData(226, "02 01 0000 00000000 00000000 00000000 00000000 00000000")]
    [InlineData(229, "")]
    [InlineData(239, "02 00 0000 0800 0100 08000000 0500 0a00 41000000 7402 0900")]
    [InlineData(239, "02 00 0000 0008 0001 08000000 0274 0009")]
    [InlineData(240, "00000000 " + Mac + " 0800")]
    [InlineData(241, "00000000 55555555555555d5 " + Mac + " 0800")]
    [InlineData(242, "0800 0000")]
    [InlineData(258, "0c000000 01000000 65000000")]
    [InlineData(259, "5555d55500000000 " + Mac + " 0800")]
    [InlineData(274, "55555555555555d5 " + Mac + " 0800")]
    [InlineData(281, Mac + " 00000000 0800")]
    [InlineData(282, "00000000 " + Mac + " 0800")]
    [InlineData(284, Mac + " c0000000 0800")]
    [InlineData(285, Mac + " dada0000 c0000000 0800")]
    public void A_link_type_is_peeled_off(int link, string header)
    {
        (CaptureSummary summary, List<CapturedFlow> flows) = Read(new CaptureBuilder().Frame([.. Hex(header), .. Packet]).Pcap(link: link));

        Assert.Equal("10.20.0.7:49812 > 203.0.113.50:8443 udp", Assert.Single(flows).ToString());
        Assert.Equal(Secret, flows[0].Out.First.ToArray());
        Assert.Empty(summary.Unread);
    }

    [Theory]
    [InlineData(147, "private use, USER0")]
    [InlineData(149, "private use, USER2")]
    [InlineData(189, "USB on Linux")]
    [InlineData(249, "USBPcap")]
    [InlineData(187, "Bluetooth HCI")]
    [InlineData(60_000, "link type 60000")]
    public void A_link_type_that_is_not_read_is_a_dead_letter_that_reads_as_it_did(int link, string name)
    {
        byte[] file = new CaptureBuilder().Frame([1, 2, 3, 4, .. Packet]).Frame(RandomBytes(40)).Pcap(link: link);

        NetworkReading reading = NetworkReading.Of(file);
        NetworkReading again = NetworkReading.Of(reading.Letters[0].Raw.Span);

        Assert.Equal((1, 0, 0, 1), (reading.Counts.Records, reading.Counts.Observed, reading.Counts.Skipped, reading.Counts.DeadLettered));
        Assert.Contains(name, reading.Letters[0].Reason, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(reading.Counts.UnreadPackets).Value);
        Assert.Equal(reading.Letters[0].Reason, again.Letters[0].Reason);
        Assert.Equal(reading.Letters[0].Raw, again.Letters[0].Raw, (left, right) => left.Span.SequenceEqual(right.Span));
        Assert.True(reading.Letters[0].Raw.Span.IndexOf(Packet) > 0);
    }

    [Fact]
    public void Many_packets_of_a_link_type_that_is_not_read_are_one_letter_in_parts()
    {
        CaptureBuilder capture = new();
        for (int number = 0; number < 300; number++)
        {
            capture.Frame(RandomBytes(8000, number));
        }

        NetworkReading reading = NetworkReading.Of(capture.Pcap(link: 189));

        Assert.Equal((1, 300), (reading.Counts.DeadLettered, reading.Counts.UnreadPackets.Values.Single()));
        Assert.Equal([0, 1, 2], reading.Letters.Select(letter => letter.Part));
        Assert.Equal(300, reading.Letters.Sum(letter => Read(letter.Raw.ToArray()).Summary.Packets));
    }

    private const string Prism = "00000000000000000000000000000000 00000000000000000000000000000000 00000000000000000000000000000000"
        + "00000000000000000000000000000000 00000000000000000000000000000000 00000000000000000000000000000000 00000000000000000000000000000000"
        + "00000000000000000000000000000000 0000000000000000";

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", string.Empty, false, CultureInfo.InvariantCulture));
}
