using System.Text;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Detections;

namespace CipherWatch.Core.Tests.Pipeline;

/// <summary>What entities tell each other before they are judged, held in memory or spilled.</summary>
public class AssessmentTests
{
    private static readonly FlowFields Flow = new()
    {
        SrcIp = Scenario.Host,
        SrcPort = 40_000,
        DstIp = IpAddress.Parse("203.0.113.9"),
        DstPort = 50_000,
        Protocol = Protocols.Tcp,
    };

    /// <summary>The port alone takes the other end for the opener; a record that the journal holds says otherwise.</summary>
    private static Observation[] Turned =>
    [
        .. new Scenario().Payload(Scenario.Random()).Observations.Select(sample => sample with { Flow = Flow with { Handshake = Handshake.None } }),
        .. new Scenario().FlowRecord(Handshake.Unknown).Observations.Select(record => record with { Flow = Flow with { InitiatorKnown = true, BytesOut = 900, BytesIn = 900 } }),
    ];

    [Theory]
    [InlineData(FactSet.MaxHeldBytes)]
    [InlineData(1)]
    public void A_finding_is_told_to_the_channel_that_the_flow_turns_out_to_be_of(int maxHeldBytes)
    {
        Detection detection = Assert.Single(Run(Turned, maxHeldBytes));
        Assert.Equal((Scenario.Host, "203.0.113.9", 50_000), (detection.SourceIp, detection.Destination!.Ip.ToString(), (int)detection.Destination.Port));

        // Without the record the guess stands.
        Assert.Equal("203.0.113.9", Assert.Single(Run(Turned[..1], maxHeldBytes)).SourceIp.ToString());
    }

    [Fact]
    public void What_is_spilled_is_judged_as_what_is_held()
    {
        Observation[][] stories =
        [
            [.. Implant().Payload(Scenario.Random()).Observations],
            [.. Implant().NamedPayload(Scenario.Random()).Observations],
            [.. Implant().FlowRecord(Handshake.Established, "tls").Observations],
            [.. new Scenario().Payload(Scenario.Random()).Payload(Scenario.Random(), ip: "203.0.113.10").Observations, .. Implant().Observations],
            Turned,
        ];
        Assert.All(stories, story =>
        {
            string held = Text(Run(story, FactSet.MaxHeldBytes));
            Assert.NotEmpty(held);
            Assert.Equal(held, Text(Run(story, 1)));
            Assert.Equal(held, Text(Run([.. story.Reverse()], 1)));
        });
    }

    [Fact]
    public void Each_of_several_allowed_processes_explains_its_own_flow_of_a_channel()
    {
        DetectionSettings allow = Scenario.Settings("""{ "AllowedCryptoProcesses": [ { "image": "?:\\Program Files\\Backup\\*.exe" } ] }""");
        Observation[] first = [.. Agent(50_100).Observations];
        Observation[] second = [.. Agent(50_200).Observations.Select(observation => observation with
        {
            Process = observation.Process is { } process ? process with { Key = ProcessKey.FromGuid("ws1", "b") } : null,
            Payload = observation.Payload is { } payload ? payload with { SampleId = 99 } : null,
        })];

        Assert.Empty(Run([.. first, .. second], FactSet.MaxHeldBytes, allow));
        Assert.NotEmpty(Run([.. first, .. second.Where(observation => observation.Process is null)], FactSet.MaxHeldBytes, allow));

        static Scenario Agent(ushort local) =>
            new Scenario(@"C:\Program Files\Backup\agent.exe").Started().OwnImage(true, "Backup Ltd").Connects(local: local).Payload(Scenario.Random(), local: local);
    }

    [Fact]
    public void Operations_are_those_of_the_batches_and_of_what_entities_tell_each_other()
    {
        using LocalPipeline nothing = new(DetectionSettings.Default, 100);
        Assert.All(nothing.Finish().OperationsByKind.Values, operations => Assert.Equal(0, operations));

        using LocalPipeline pipeline = new(DetectionSettings.Default, 100);
        Implant().Payload(Scenario.Random()).Feed(pipeline);
        LocalResult result = pipeline.Finish();
        Assert.Equal(
            [("attempts", 0L), ("audit", 0L), ("channel", 1L), ("clock", 1L), ("flow", 0L), ("process", 2L)],
            result.OperationsByKind.Select(kind => (kind.Key, kind.Value)));
        Assert.Equal(3, result.Entities);
    }

    private static Scenario Implant() => new Scenario().Started().OwnImage(false).Loads("bcryptprimitives.dll").Connects();

    private static IReadOnlyList<Detection> Run(Observation[] story, int maxHeldBytes, DetectionSettings? settings = null)
    {
        using LocalPipeline pipeline = new(settings ?? DetectionSettings.Default, 2, maxHeldBytes);
        foreach (Observation observation in story)
        {
            pipeline.Receive(observation);
            pipeline.RecordDone();
        }

        return pipeline.Finish().Detections;
    }

    private static string Text(IEnumerable<Detection> found) =>
        string.Concat(found.Select(detection => Encoding.UTF8.GetString(DetectionJson.ToUtf8(detection)) + "\n"));
}
