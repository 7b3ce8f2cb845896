using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Tests.Pipeline;

public class FlowRoutesTests
{
    [Theory]
    [InlineData(443, "ssl", Handshake.Established, 900L, 900L, FlowRoute.Journal)]
    [InlineData(443, "ssl", Handshake.Unknown, 900L, 900L, FlowRoute.None)]
    [InlineData(80, "http", Handshake.None, 900L, 900L, FlowRoute.None)]
    [InlineData(443, "http", Handshake.None, 900L, 900L, FlowRoute.Record | FlowRoute.Journal)]
    [InlineData(8444, "http", Handshake.None, 900L, 900L, FlowRoute.Record | FlowRoute.Journal)]
    [InlineData(8444, null, Handshake.None, 900L, 900L, FlowRoute.Record | FlowRoute.Journal)]
    [InlineData(8444, "wireguard", Handshake.Hello, 900L, 900L, FlowRoute.Record | FlowRoute.Journal)]
    [InlineData(8444, null, Handshake.Hello, 900L, 900L, FlowRoute.Journal)]
    [InlineData(8444, null, Handshake.None, 20L, 20L, FlowRoute.None)]
    [InlineData(8444, null, Handshake.None, 0L, 0L, FlowRoute.Attempt)]
    [InlineData(8444, null, Handshake.None, 400L, 0L, FlowRoute.Attempt)]
    [InlineData(8444, null, Handshake.None, 4000L, 0L, FlowRoute.Record | FlowRoute.Journal)]
    [InlineData(8444, null, Handshake.None, 400L, null, FlowRoute.Record | FlowRoute.Journal)]
    [InlineData(8444, null, Handshake.Unseen, null, null, FlowRoute.None)]
    public void A_record_goes_where_what_explains_it_says(int port, string? application, Handshake handshake, long? sent, long? received, FlowRoute expected) =>
        Assert.Equal(expected, FlowRoutes.Default.Of(Record((ushort)port, application, handshake, sent, received)));

    [Theory]
    [InlineData(PayloadVerdict.Encrypted, 512, 7.9, FlowRoute.Random | FlowRoute.Journal)]
    [InlineData(PayloadVerdict.Xor, 512, 5.0, FlowRoute.Random | FlowRoute.Journal)]
    [InlineData(PayloadVerdict.Insufficient, 40, 7.9, FlowRoute.Random | FlowRoute.Journal)]
    [InlineData(PayloadVerdict.Insufficient, 40, 6.0, FlowRoute.Weak | FlowRoute.Journal)]
    [InlineData(PayloadVerdict.Binary, 512, 6.0, FlowRoute.Weak | FlowRoute.Journal)]
    [InlineData(PayloadVerdict.Protocol, 512, 7.9, FlowRoute.Journal)]
    [InlineData(PayloadVerdict.Text, 512, 4.0, FlowRoute.Journal)]
    public void Payload_goes_to_its_channel_where_it_may_be_evidence(PayloadVerdict verdict, int sampled, double score, FlowRoute expected) =>
        Assert.Equal(expected, FlowRoutes.Default.Of(Record(8444, null, Handshake.None, 900, 900) with
        {
            Kind = ObservationKind.Payload,
            Payload = new() { Length = sampled, SampleId = 1, Score = new() { Length = sampled, Sampled = sampled, Score = score, Verdict = verdict } },
        }));

    [Fact]
    public void Port_profiles_decide_and_nothing_else_does()
    {
        FlowRoutes routes = new(Detections.Scenario.Settings("""{"PortProfiles": {"8444/tcp": ["none"]}}"""));
        Assert.Equal(FlowRoute.None, routes.Of(Record(8444, "http", Handshake.None, 900, 900)));
        Assert.NotEqual(FlowRoute.None, routes.Of(Record(80, "http", Handshake.None, 900, 900)));
    }

    private static Observation Record(ushort port, string? application, Handshake handshake, long? sent, long? received) => new()
    {
        Kind = ObservationKind.Flow,
        Source = SourceNames.Zeek,
        Platform = TelemetryPlatform.Network,
        Time = DateTimeOffset.UnixEpoch,
        Flow = new()
        {
            SrcIp = IpAddress.Parse("10.1.0.5"),
            SrcPort = 50_100,
            DstIp = IpAddress.Parse("203.0.113.9"),
            DstPort = port,
            Protocol = Protocols.Tcp,
            InitiatorKnown = true,
            Application = application,
            Handshake = handshake,
            BytesOut = sent,
            BytesIn = received,
        },
    };
}
