using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Folding;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Detections;

namespace CipherWatch.Core.Tests.Correlation.Flow;

/// <summary>Samples that name their flow by Community ID meet those that name its ends, whichever comes first.</summary>
public class NamedFlowTests
{
    [Fact]
    public void A_sample_by_community_id_meets_the_endpoints_connection_whichever_comes_first()
    {
        IReadOnlyList<Detection> after = Implant(new()).NamedPayload(Scenario.Random()).Found();
        IReadOnlyList<Detection> before = Implant(new Scenario().NamedPayload(Scenario.Random())).Found();

        Assert.All([after, before], found =>
        {
            Detection detection = found.Single(detection => detection.AnalyticId == "AN0400");
            Assert.Equal(Severity.High, detection.Severity);
            Assert.Contains(detection.Evidence, evidence => evidence is { Kind: "encryptedNoHandshake", Weight: 45 });
        });
    }

    [Fact]
    public void It_meets_a_sensors_record_of_the_flow() =>
        Assert.Equal("AN0404", Assert.Single(new Scenario().NamedPayload(Scenario.Random()).FlowRecord(Handshake.None).Found()).AnalyticId);

    [Fact]
    public void Alone_it_is_a_flow_without_ends_and_nothing_can_be_said_of_it() => Assert.Empty(new Scenario().NamedPayload(Scenario.Random()).Found());

    [Fact]
    public void Its_direction_is_that_of_whoever_opened_the_flow()
    {
        FlowSummary day = new() { Day = 20_000 };
        FlowKey key = FlowKey.Create(IpAddress.Parse("10.0.0.5"), 40_000, IpAddress.Parse("203.0.113.9"), 443, Protocols.Tcp);

        Assert.Equal(FlowEnd.First, (day with { FirstInitiates = true }).Told(key).EndOf(FlowEnd.Initiator));
        Assert.Equal(FlowEnd.Second, (day with { SecondInitiates = true }).Told(key).EndOf(FlowEnd.Initiator));
        Assert.Equal(FlowEnd.Second, day.Told(key).EndOf(FlowEnd.Responder));
        Assert.Equal(FlowEnd.Unknown, day.Told(key).EndOf(FlowEnd.Unknown));
    }

    [Fact]
    public void Both_directions_of_named_samples_are_two()
    {
        // Two short samples: too few bytes to count unless both ends send such.
        PayloadScore tiny = Scenario.Random(sampled: 100);
        Assert.Empty(new Scenario().NamedPayload(tiny).NamedPayload(tiny).FlowRecord(Handshake.None).Found());
        Assert.Single(new Scenario().NamedPayload(tiny).NamedPayload(tiny, direction: PayloadDirection.In).FlowRecord(Handshake.None).Found());
    }

    [Fact]
    public void A_name_that_is_no_community_id_joins_nothing() =>
        Assert.Null(FlowObservationFacts.OfNamed(new()
        {
            Kind = ObservationKind.Payload,
            Source = SourceNames.Zeek,
            Platform = TelemetryPlatform.Network,
            Time = Scenario.Noon,
            FlowUid = "CHhAvVGS1DHFjwGM9",
            Payload = new() { Length = 1, SampleId = 1, Score = new() },
        }));

    private static Scenario Implant(Scenario scenario) => scenario.Started().OwnImage(false).Loads("bcryptprimitives.dll").Connects();
}
