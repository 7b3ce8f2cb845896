using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Analytics;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Detections.Analytics;

public class VpnEvidenceTests
{
    [Theory]
    [InlineData(Protocols.Tcp, true)]
    [InlineData(Protocols.Udp, true)]
    [InlineData(50, false)]
    public void A_tunnel_can_be_off_its_port_only_where_its_transport_has_ports(byte protocol, bool off) =>
        Assert.Equal(off, VpnEvidence.Add(
            new(DetectionSettings.Default),
            Example.ChannelKey with { Protocol = protocol },
            DetectionSettings.Default,
            [Example.Summary with { Applications = ["esp"] }]));

    [Fact]
    public void Of_several_names_the_first_is_said_with_the_bytes_both_ways_and_the_records()
    {
        EvidenceList evidence = new(DetectionSettings.Default);
        Assert.True(VpnEvidence.Add(
            evidence, Example.ChannelKey, DetectionSettings.Default,
            [Example.Summary with { Applications = ["openvpn", "wireguard"], Deltas = [], Payloads = [] }]));

        EvidencePiece piece = Assert.Single(evidence.Ordered());
        Assert.Equal(
            ("vpnOffProfile", "openvpn on a port that is not its own, 30 bytes within TimeWindow: under TrafficVolumeThreshold"),
            (piece.Kind, piece.Detail));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(Example.Time(7).Ms), piece.Time);
        Assert.Equal([Example.Id(7)], piece.ObservationIds);
    }

    [Theory]
    [InlineData("any", "wireguard", false)]
    [InlineData("wireguard", "wireguard", false)]
    [InlineData("openvpn", "wireguard", true)]
    [InlineData("ipsec", "ikev2", false)]
    [InlineData("ipsec", "openvpn", true)]
    public void A_profile_explains_the_tunnels_that_it_names(string expected, string application, bool off)
    {
        DetectionSettings settings = Scenario.Settings($$"""{ "PortProfiles": { "8444/tcp": ["{{expected}}"] } }""");
        Assert.Equal(off, VpnEvidence.Add(new(settings), Example.ChannelKey, settings, [Example.Summary with { Applications = [application] }]));
    }

    [Fact]
    public void A_timer_says_nothing_of_a_tunnel()
    {
        Scenario scenario = new();
        for (int call = 0; call < 20; call++)
        {
            scenario.FlowRecord(Handshake.None, "wireguard", local: (ushort)(50_000 + call), seconds: 300 * call);
        }

        Assert.Equal(["vpnOffProfile"], Assert.Single(scenario.Found()).Evidence.Where(evidence => evidence.Weight > 0).Select(evidence => evidence.Kind));
    }

    [Fact]
    public void What_is_a_tunnel_is_not_called_unnamed_beside()
    {
        Scenario scenario = new Scenario().FlowRecord(Handshake.None, "wireguard", local: 50_000);
        for (ushort flow = 1; flow <= 3; flow++)
        {
            scenario.FlowRecord(Handshake.None, bytes: 5000, local: (ushort)(50_000 + flow));
        }

        Assert.DoesNotContain(Assert.Single(scenario.Found()).Evidence, evidence => evidence.Kind == "noProtocolFound");
    }

    [Fact]
    public void Random_payload_on_a_tunnel_is_judged_as_payload_and_the_tunnel_is_not_counted_beside()
    {
        Detection detection = Assert.Single(new Scenario().Payload(Scenario.Random()).FlowRecord(Handshake.None, "wireguard").Found());
        Assert.Equal(
            ["encryptedNoHandshake", "oddPort"],
            detection.Evidence.Select(evidence => evidence.Kind).Order());
        Assert.Equal("10.1.0.5 sends encrypted payload without a key exchange to 203.0.113.9:8444", detection.Title);
    }
}
