using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Tests.Telemetry.Network.Zeek;

/// <summary>What conn.log says of the start of a flow, and which of its counters are believed.</summary>
public class ZeekConnTests
{
    [Theory]
    [InlineData("ShADadFf", "-", "tcp", Handshake.None)]
    [InlineData("ShADadFf", "ssl", "tcp", Handshake.Hello)]
    [InlineData("ShADadFf", "http", "tcp", Handshake.Unknown)]
    [InlineData("ShADadFf", "http,ssl", "tcp", Handshake.Hello)]
    [InlineData("ShADadFf", "-ssl", "tcp", Handshake.None)]
    [InlineData("DadA", "-", "tcp", Handshake.Unseen)]
    [InlineData("^hdfA", "-", "tcp", Handshake.Unseen)]
    [InlineData("^shd", "-", "tcp", Handshake.Unseen)]
    [InlineData("SADgF", "-", "tcp", Handshake.Unseen)]
    [InlineData("ShADadgFf", "-", "tcp", Handshake.Unseen)]
    [InlineData("S", "-", "tcp", Handshake.Unknown)]
    [InlineData("ShR", "-", "tcp", Handshake.Unknown)]
    [InlineData("Dd", "-", "udp", Handshake.Unknown)]
    [InlineData("Dd", "quic,ssl", "udp", Handshake.Hello)]
    public void No_key_exchange_is_said_only_where_the_start_was_seen(string history, string service, string protocol, Handshake expected) =>
        Assert.Equal(expected, Flow(history, service, protocol).Handshake);

    [Theory]
    [InlineData("ssl", "tls")]
    [InlineData("SSL", "tls")]
    [InlineData("quic,ssl", "quic")]
    [InlineData("ssl,quic", "quic")]
    [InlineData("gssapi,smb,ntlm", "gssapi")]
    [InlineData("-http,smtp", "smtp")]
    [InlineData("openvpn", "openvpn")]
    [InlineData("-", null)]
    public void The_service_is_the_application(string service, string? application) =>
        Assert.Equal(application, Flow("ShADadFf", service, "tcp").Application);

    [Fact]
    public void A_flipped_capture_of_one_side_says_nothing_of_the_other()
    {
        FlowFields flow = Flow("^hdf", "-", "tcp", origBytes: 0, origPackets: 0);

        Assert.Null(flow.BytesOut);
        Assert.Null(flow.PacketsOut);
        Assert.Equal(512, flow.BytesIn);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void Counters_are_not_believed_when_much_was_missed(int missed, bool believed)
    {
        FlowFields flow = Flow("ShADadFf", "-", "tcp", missed: missed);

        Assert.Equal(believed, flow.BytesOut is not null);
        Assert.Equal(believed, flow.BytesIn is not null);
        Assert.Equal(12, flow.PacketsOut);
    }

    [Fact]
    public void More_payload_than_the_packets_could_carry_is_not_believed()
    {
        FlowFields flow = Flow("ShADadFf", "-", "tcp", origBytes: 4_000_000_000);

        Assert.Null(flow.BytesOut);
        Assert.Equal(512, flow.BytesIn);
    }

    [Fact]
    public void Icmp_over_ipv6_is_its_own_protocol_and_type_and_code_key_the_flow()
    {
        FlowFields flow = NetworkReading.Of(Line("-", "-", "icmp", 0, 64, 1, 0).Replace("10.20.0.7\t49812\t203.0.113.50\t8443", "2001:db8::1\t128\t2001:db8::2\t129", StringComparison.Ordinal)).Single().Flow!;

        Assert.Equal(58, flow.Protocol);
        Assert.Equal((128, 129), (flow.Key.FirstPort, flow.Key.SecondPort));
    }

    private static FlowFields Flow(string history, string service, string protocol, int missed = 0, long origBytes = 2048, int origPackets = 12) =>
        NetworkReading.Of(Line(history, service, protocol, missed, origBytes, origPackets, 9)).Single().Flow!;

    private static string Line(string history, string service, string protocol, int missed, long origBytes, int origPackets, int respPackets) =>
        "#path\tconn\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\torig_bytes\tresp_bytes\tconn_state\t"
        + "missed_bytes\thistory\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\n"
        + $"1772445600.25\tCw1\t10.20.0.7\t49812\t203.0.113.50\t8443\t{protocol}\t{service}\t{origBytes}\t512\tSF\t{missed}\t{history}\t{origPackets}\t2560\t{respPackets}\t980\n";
}
