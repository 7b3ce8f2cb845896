using CipherWatch.Core.Correlation.Attempts;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Folding;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Observations;
using static CipherWatch.Core.Tests.Correlation.Folding.Observed;

namespace CipherWatch.Core.Tests.Correlation.Folding;

/// <summary>What one observation adds to what is known of its flow and channel, field by field.</summary>
public class FlowObservationFactsTests
{
    [Theory]
    [InlineData(FlowRoute.Random)]
    [InlineData(FlowRoute.Weak)]
    [InlineData(FlowRoute.Record)]
    public void A_flow_goes_where_its_route_says(FlowRoute route)
    {
        ChannelFacts facts = FlowObservationFacts.OfChannel(Sensor(), route)!;
        Assert.Equal(new(Host, Server, 443, 6), facts.Key);
        Assert.Equal(
            [route == FlowRoute.Random, route == FlowRoute.Weak, route == FlowRoute.Record],
            new[] { facts.Random, facts.Weak, facts.Records }.Select(flows => flows.Length == 1));
        Assert.Equal(route == FlowRoute.Record ? ["tls"] : [], Assert.Single(facts.OwnFlows).Applications);
    }

    [Fact]
    public void A_flow_goes_nowhere_without_a_route_a_flow_or_a_time()
    {
        Assert.Null(FlowObservationFacts.OfChannel(Sensor(), FlowRoute.None));
        Assert.Null(FlowObservationFacts.OfChannel(Sensor(), FlowRoute.Journal));
        Assert.Null(FlowObservationFacts.OfChannel(Sensor() with { Flow = null }, FlowRoute.Random));
        Assert.Null(FlowObservationFacts.OfChannel(Sensor() with { Time = null }, FlowRoute.Random));
        Assert.Null(FlowObservationFacts.OfAttempt(Sensor(), FlowRoute.Random));
        Assert.Null(FlowObservationFacts.OfAttempt(Sensor() with { Flow = null }, FlowRoute.Attempt));
        Assert.Null(FlowObservationFacts.OfAttempt(Sensor() with { Time = null }, FlowRoute.Attempt));
        FlowClaim claim = Assert.Single(FlowObservationFacts.OfChannel(Connection(), FlowRoute.Claim)!.Claims);
        Assert.Equal((20_514, Connection().Flow!.Key, Connection().Process!.Key!.Value), (claim.Day, claim.Flow, claim.Owner));
        AttemptFacts attempts = FlowObservationFacts.OfAttempt(Sensor(), FlowRoute.Attempt)!;
        Assert.Equal(
            (Host, new Attempt(20_514, (ulong)(Sensor().Id.Value >> 64), Server, 443, 6, Noon.ToUnixTimeMilliseconds())),
            (attempts.SourceIp, Assert.Single(attempts.Attempts)));
    }

    [Fact]
    public void Counters_stand_for_the_flow_or_add_up_by_record()
    {
        FlowSummary whole = Day(static flow => flow), delta = Day(static flow => flow with { CountersAreDeltas = true });
        Assert.Equal((10L, 20L, 0), (whole.BytesOut, whole.BytesIn, whole.Deltas.Length));
        Assert.Equal((null, null, 1), (delta.FirstBytes, delta.SecondBytes, delta.Deltas.Length));
        Assert.Equal((10L, 20L), (delta.BytesOut, delta.BytesIn));
        Observation counted = Sensor() with { Flow = Sensor().Flow! with { CountersAreDeltas = true } };
        Assert.Equal((ulong)(counted.Id.Value >> 64), delta.Deltas[0].RecordId);
        Observation payload = Sensor() with { Kind = ObservationKind.Payload };
        Assert.Empty(FlowObservationFacts.OfChannel(payload with { Flow = payload.Flow! with { CountersAreDeltas = true } }, FlowRoute.Record)!.Records[0].Deltas);
    }

    [Fact]
    public void Who_opened_a_flow_is_said_by_the_record_or_not_at_all()
    {
        Assert.True(Day(static flow => flow with { InitiatorKnown = true }) is { FirstInitiates: true, SecondInitiates: false });
        Assert.True(Day(static flow => flow with { Direction = FlowDirection.Outbound }) is { FirstInitiates: true, SecondInitiates: false });
        Assert.True(Day(static flow => flow) is { FirstInitiates: false, SecondInitiates: false });
        FlowSummary turned = Day(static flow => flow with { InitiatorKnown = true, SrcIp = flow.DstIp, DstIp = flow.SrcIp, SrcPort = flow.DstPort, DstPort = flow.SrcPort });
        Assert.True(turned is { FirstInitiates: false, SecondInitiates: true, FirstBytes: 20, SecondBytes: 10, IsTurned: true });
    }

    [Fact]
    public void A_sample_speaks_for_the_end_that_sent_it()
    {
        Assert.Equal(
            [FlowEnd.First, FlowEnd.Second, FlowEnd.Unknown],
            ((PayloadDirection[])[PayloadDirection.Out, PayloadDirection.In, PayloadDirection.Unknown]).Select(direction =>
                FlowObservationFacts.OfChannel(Sample(direction), FlowRoute.Random)!.Random[0].Payloads[0].Speaker));
        FlowFacts named = FlowObservationFacts.OfNamed(Sample(PayloadDirection.Out) with { Flow = null, FlowUid = Sensor().Flow!.Key.CommunityId() })!;
        Assert.Equal(
            (FlowId.Of(Sensor().Flow!.Key), 20_514, FlowEnd.Initiator, Handshake.None),
            (named.Id, named.Days[0].Day, named.Days[0].Payloads[0].Speaker, named.Days[0].Handshake));
        Assert.Null(FlowObservationFacts.OfNamed(Sample(PayloadDirection.Out)));
        Assert.Null(FlowObservationFacts.OfNamed(Sample(PayloadDirection.Out) with { FlowUid = Sensor().Flow!.Key.CommunityId() }));
        Assert.Null(FlowObservationFacts.OfNamed(Sample(PayloadDirection.Out) with { Flow = null, FlowUid = "C1" }));
    }

    [Fact]
    public void A_sample_that_names_its_flow_by_id_may_name_a_protocol()
    {
        Observation sample = Sample(PayloadDirection.Out) with { Flow = null, FlowUid = Sensor().Flow!.Key.CommunityId() };
        Assert.Empty(FlowObservationFacts.OfNamed(sample)!.Days[0].Applications);
        Assert.Equal(["mqtt"], FlowObservationFacts.OfNamed(sample with
        {
            Payload = sample.Payload! with { Score = sample.Payload.Score with { Verdict = PayloadVerdict.Protocol, Protocol = "mqtt" } },
        })!.Days[0].Applications);
    }

    /// <summary>Both ends of a flow may have one port, and on one host one address.</summary>
    [Theory]
    [InlineData("203.0.113.9", 500, "10.0.0.5", 500, false)]
    [InlineData("10.0.0.5", 500, "203.0.113.9", 500, true)]
    [InlineData("10.0.0.5", 600, "10.0.0.5", 500, false)]
    [InlineData("10.0.0.5", 500, "10.0.0.5", 600, true)]
    public void Which_end_a_record_speaks_of_is_told_by_address_and_port(string source, int sourcePort, string destination, int port, bool first)
    {
        FlowSummary day = FlowObservationFacts.OfSensor(
            Sensor(),
            Fields() with
            {
                SrcIp = IpAddress.Parse(source),
                SrcPort = (ushort)sourcePort,
                DstIp = IpAddress.Parse(destination),
                DstPort = (ushort)port,
                Protocol = 17,
                InitiatorKnown = true,
            },
            FactTime.Of(Sensor())!.Value);
        Assert.Equal(
            first ? (true, false, 10L, 20L) : (false, true, 20L, 10L),
            (day.FirstInitiates, day.SecondInitiates, day.FirstBytes!.Value, day.SecondBytes!.Value));
    }

    [Theory]
    [InlineData("10.0.0.5", "203.0.113.9")]
    [InlineData("203.0.113.9", "10.0.0.5")]
    public void A_channel_is_told_when_a_flow_began_by_the_openers_port(string source, string destination)
    {
        Observation record = Sensor() with
        {
            Flow = Fields() with { SrcIp = IpAddress.Parse(source), DstIp = IpAddress.Parse(destination), InitiatorKnown = true },
        };
        ChannelFacts facts = FlowObservationFacts.OfChannel(record, FlowRoute.Record)!;
        Assert.Equal([new FlowStart(Noon.ToUnixTimeMilliseconds(), 50_100, 10, 20)], facts.Starts);
    }

    private static FlowSummary Day(Func<FlowFields, FlowFields> change) =>
        FlowObservationFacts.OfChannel(Sensor() with { Flow = change(Sensor().Flow!) }, FlowRoute.Record)!.Records[0];
}
