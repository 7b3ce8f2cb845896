using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Detections;
using CipherWatch.Core.Tests.Pipeline.Delivery;

namespace CipherWatch.Core.Tests.Correlation;

/// <summary>Host records that lack an end of their flow meet what a sensor saw of it, whichever comes first, late or twice.</summary>
public class JoinTests
{
    private static readonly DetectionSettings Addressed = Scenario.Settings("""{ "HostAddresses": { "ws1": ["fd00::5", "10.1.0.5"] } }""");

    /// <summary>What auditd's connect says: where to, and no end of the host's own.</summary>
    private static Scenario Audited(double seconds = 3) => new Scenario("/tmp/.cache/agent", TelemetryPlatform.Linux).Started("/usr/bin/dash")
        .Connects(seconds: seconds, local: 0, source: false);

    /// <summary>What the unified log says: the host's own end, and the port of the other.</summary>
    private static Scenario Hidden() => new Scenario("/Users/Shared/helper", TelemetryPlatform.MacOs).StartedSigned(false).Connects(ip: "0.0.0.0");

    [Fact]
    public void A_connect_without_a_local_port_joins_by_address_destination_port_and_time_at_lower_weight()
    {
        Scenario scenario = Audited().Payload(Scenario.Random());
        IReadOnlyList<Detection> found = scenario.Found(Addressed);

        Detection process = Assert.Single(found, detection => detection.AnalyticId == "AN0401");
        EvidencePiece payload = Assert.Single(process.Evidence, evidence => evidence.Kind == "encryptedNoHandshake");
        Assert.Equal(27, payload.Weight);
        Assert.Contains("no local port", payload.Detail, StringComparison.Ordinal);
        Assert.Equal(process.DetectionId, Assert.Single(found, detection => detection.AnalyticId == "AN0404").SupersededBy);
    }

    [Fact]
    public void HostAddresses_is_live()
    {
        Scenario scenario = Audited().Payload(Scenario.Random());

        Assert.DoesNotContain(scenario.Found(), detection => detection.AnalyticId == "AN0401");
        Assert.Contains(scenario.Found(Addressed), detection => detection.AnalyticId == "AN0401");
        Assert.DoesNotContain(
            scenario.Found(Scenario.Settings("""{ "HostAddresses": { "ws1": ["10.1.0.6"] } }""")), detection => detection.AnalyticId == "AN0401");
    }

    [Fact]
    public void A_flow_at_another_time_or_to_another_place_is_not_its_own()
    {
        Assert.DoesNotContain(Audited(seconds: 900).Payload(Scenario.Random()).Found(Addressed), detection => detection.AnalyticId == "AN0401");
        Assert.DoesNotContain(Audited().Payload(Scenario.Random(), port: 9000).Found(Addressed), detection => detection.AnalyticId == "AN0401");
    }

    [Fact]
    public void A_record_that_names_the_flow_decides_over_one_that_does_not()
    {
        Scenario scenario = Audited().Connects(seconds: 3).Payload(Scenario.Random());

        Assert.Equal(45, Assert.Single(scenario.Found(Addressed), detection => detection.AnalyticId == "AN0401").Evidence
            .Single(evidence => evidence.Kind == "encryptedNoHandshake").Weight);
    }

    [Fact]
    public void A_hidden_peer_joins_on_the_local_side()
    {
        IReadOnlyList<Detection> found = Hidden().Payload(Scenario.Random()).Found();

        Detection process = Assert.Single(found, detection => detection.AnalyticId == "AN0402");
        Assert.Equal(45, Assert.Single(process.Evidence, evidence => evidence.Kind == "encryptedNoHandshake").Weight);
        Assert.Equal("203.0.113.9", process.Destination?.Ip.ToString());
        Assert.Equal(process.DetectionId, Assert.Single(found, detection => detection.AnalyticId == "AN0404").SupersededBy);
        Assert.DoesNotContain(Hidden().Payload(Scenario.Random(), local: 50999).Found(), detection => detection.AnalyticId == "AN0402");
        Assert.DoesNotContain(Hidden().Payload(Scenario.Random(), port: 9000).Found(), detection => detection.AnalyticId == "AN0402");
    }

    [Fact]
    public void A_program_that_is_expected_to_send_it_explains_a_hidden_peer_too()
    {
        Scenario messenger = new Scenario("/Applications/Messenger.app/Contents/MacOS/Messenger", TelemetryPlatform.MacOs)
            .StartedSigned(true, "BQR82RBBHL/com.example.messenger").Connects(ip: "0.0.0.0").Payload(Scenario.Random());

        Assert.Empty(messenger.Found());
        Assert.Single(messenger.Found(Scenario.Settings("""{ "AllowedCryptoProcesses": [] }""")), detection => detection.AnalyticId == "AN0402");
    }

    [Fact]
    public void A_world_of_ESXi_joins_by_its_number_and_both_ends()
    {
        IReadOnlyList<Detection> found = new Scenario("python", TelemetryPlatform.Esxi).Connects().Payload(Scenario.Random()).Found();

        Assert.Contains(
            Assert.Single(found, detection => detection.AnalyticId == "AN0403").Evidence,
            evidence => evidence is { Kind: "encryptedNoHandshake", Weight: 45 });
    }

    public static TheoryData<int, bool, bool> Deliveries { get; } = new MatrixTheoryData<int, bool, bool>([1, 2, 100], [false, true], [false, true]);

    [Theory]
    [MemberData(nameof(Deliveries))]
    public void Whichever_comes_first_late_or_twice(int batch, bool reversed, bool twice)
    {
        foreach (Scenario scenario in (Scenario[])
            [Audited().Payload(Scenario.Random()).Payload(Scenario.Random(), local: 50101), Hidden().Payload(Scenario.Random()).Payload(Scenario.Random(), local: 50999)])
        {
            Observation[] stream = reversed ? [.. scenario.Observations.Reverse()] : [.. scenario.Observations];
            using DeliveryRun run = new(Addressed);
            foreach (Observation[] chunk in stream.Chunk(batch))
            {
                run.Deliver(chunk);
                if (twice)
                {
                    run.Deliver(chunk);
                }
            }

            run.LookAgain();
            IReadOnlyList<string> expected = DeliveryRun.Lines(scenario.Found(Addressed));
            Assert.NotEmpty(expected);
            Assert.Equal(expected, run.Standing());
        }
    }
}
