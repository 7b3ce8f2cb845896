using System.Globalization;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Captures;
using static CipherWatch.Core.Tests.Telemetry.Captures.CaptureBuilder;

namespace CipherWatch.Core.Tests.Telemetry.Captures.Packets;

/// <summary>Tunnels of the table: the inner flow is found, and the one around it is a tunnel and nothing else.</summary>
public class TunnelsTests
{
    private const string Mac = "00005e00530100005e005302";
    private const string Outer = "192.0.2.1";
    private const string Far = "192.0.2.2";

    private static readonly byte[] Secret = RandomBytes(600);
    private static readonly byte[] Packet = Ip(17, Datagram(ClientPort, ServerPort, Secret), Client, Server);

    [Theory]
    [InlineData(4, "")]
    [InlineData(47, "0000 0800")]
    [InlineData(47, "b000 0800 00000000 00000001 00000002")]
    [InlineData(47, "4000 0800 00000000 0800 00 04 c0000201 0000 00 00")]
    [InlineData(47, "2000 6558 00000001 " + Mac + " 0800")]
    [InlineData(47, "0000 883e")]
    [InlineData(47, "0000 883e 00000000")]
    [InlineData(47, "3081 880b 00000001 00000002 00000003 ff03 0021")]
    [InlineData(47, "0000 88be " + Mac + " 0800")]
    [InlineData(47, "1000 88be 00000001 10640001 00000000 " + Mac + " 0800")]
    [InlineData(47, "1000 88be 00000001 10640001 00000000 " + Mac + " 8988 000102030405 0800")]
    [InlineData(47, "1000 22eb 00000001 20640001 00000000 0000 0000 " + Mac + " 0800")]
    [InlineData(47, "1000 22eb 00000001 20640001 00000000 0000 0001 0000000000000000 " + Mac + " 0800")]
    [InlineData(47, "1000 22eb 00000001 20640001 00000000 0000 0800")]
    [InlineData(97, "3000 " + Mac + " 0800")]
    [InlineData(115, "00000001 " + Mac + " 0800")]
    [InlineData(115, "00000001 1122334455667788 40000000 " + Mac + " 0800")]
    [InlineData(137, "00014140")]
    public void By_ip_protocol(byte protocol, string header)
    {
        CapturedFlow flow = new CaptureBuilder().Frame(Ethernet(Ip(protocol, [.. Hex(header), .. Packet], Outer, Far))).Flow();

        Assert.Equal("10.20.0.7:49812 > 203.0.113.50:8443 udp", flow.ToString());
        Assert.Equal(Secret, flow.Out.First.ToArray());
    }

    [Theory]
    [InlineData("vxlan", 4789, "0800 0000 00000100 " + Mac + " 0800")]
    [InlineData("vxlan", 8472, "8800 0064 00000100 " + Mac + " 8100 0064 0800")]
    [InlineData("vxlan", 4790, "0c00 0001 00000100")]
    [InlineData("vxlan", 4790, "0c00 0003 00000100 " + Mac + " 0800")]
    [InlineData("vxlan", 4790, "0c00 0004 00000100 0fc2 01 01 000001ff")]
    [InlineData("vxlan", 4790, "0c00 0005 00000100 00014140")]
    [InlineData("geneve", 6081, "0000 6558 00000100 " + Mac + " 0800")]
    [InlineData("geneve", 6081, "0300 6558 00000100 0102 8001 00000000 00000000 " + Mac + " 0800")]
    [InlineData("geneve", 6081, "0000 0800 00000100")]
    [InlineData("gtp", 2152, "30 ff 0000 00000001")]
    [InlineData("gtp", 2152, "34 ff 0000 00000001 0000 00 85 01 100900 ")]
    [InlineData("teredo", 3544, "")]
    [InlineData("teredo", 3544, "0000 1234 aabbccdd")]
    [InlineData("teredo", 3544, "0001 00 00 1122334455667788 00 0000 1234 aabbccdd")]
    [InlineData("l2tp", 1701, "0002 0001 0001 ff03 0021")]
    [InlineData("l2tp", 1701, "4a02 0000 0001 0001 0000 0000 0002 0000 0021")]
    [InlineData("l2tp", 1701, "0003 0000 00000001 " + Mac + " 0800")]
    [InlineData("mpls", 6635, "00014140")]
    [InlineData("gre", 4754, "2000 0800 00000001")]
    [InlineData("lisp", 4341, "80000001 00000001")]
    [InlineData("jmirror", 30030, "00000001 00000001")]
    [InlineData("tzsp", 37008, "01 00 0001 01 " + Mac + " 0800")]
    [InlineData("tzsp", 37008, "01 00 0001 0a 01 c0 00 12 01 06 01 " + Mac + " 0800")]
    [InlineData("tzsp", 37008, "01 00 0012 01 0801 0000 000000000000 000000000000 000000000000 0000 aaaa03 000000 0800")]
    public void By_port(string name, int port, string header)
    {
        byte[] inner = name == "teredo" ? Ip(17, Datagram(ClientPort, ServerPort, Secret), "2001:db8::7", "2001:db8::50") : Packet;

        List<CapturedFlow> flows = new CaptureBuilder().Frame(Ethernet(Ip(17, Datagram(40000, (ushort)port, [.. Hex(header), .. inner]), Outer, Far))).Flows();

        Assert.Equal([Outer, name == "teredo" ? "2001:db8::7" : Client], flows.Select(flow => flow.Flow.SrcIp.ToString()));
        Assert.Equal((name, PayloadVerdict.Protocol, name), (flows[0].Flow.Application, flows[0].Score().Verdict, flows[0].Score().Protocol));
        Assert.Equal(Secret, flows[1].Out.First.ToArray());
        Assert.Null(flows[1].Tunnel);
    }

    [Theory]
    [InlineData(4789)]
    [InlineData(6081)]
    [InlineData(2152)]
    [InlineData(3544)]
    [InlineData(1701)]
    [InlineData(37008)]
    public void A_port_alone_is_no_tunnel(int port)
    {
        CapturedFlow flow = new CaptureBuilder().Frame(Ethernet(Ip(17, Datagram(40000, (ushort)port, [8, 0xff, .. RandomBytes(900)]), Outer, Far))).Flow();

        Assert.Null(flow.Tunnel);
        Assert.NotEqual(PayloadVerdict.Protocol, flow.Score().Verdict);
    }

    [Fact]
    public void One_datagram_like_a_tunnels_does_not_name_a_flow_of_others()
    {
        CaptureBuilder capture = new CaptureBuilder().Udp(true, [.. Hex("0800 0000 00000100"), .. Ethernet(Packet)], serverPort: 4789);
        for (int number = 0; number < 5; number++)
        {
            capture.Udp(true, RandomBytes(900, number), serverPort: 4789);
        }

        Assert.Null(capture.Flows()[0].Tunnel);
    }

    [Fact]
    public void Tunnels_nest()
    {
        byte[] vxlan = Ip(17, Datagram(40000, 4789, [.. Hex("0800 0000 00000100"), .. Ethernet(Packet)]), Outer, Far);
        byte[] gre = Ip(47, [.. Hex("0000 0800"), .. vxlan], "198.51.100.1", "198.51.100.2");

        Assert.Equal(["vxlan", null], new CaptureBuilder().Frame(Ethernet(gre)).Flows().Select(flow => flow.Tunnel));
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", string.Empty, false, CultureInfo.InvariantCulture));
}
