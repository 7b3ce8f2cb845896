using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Analytics;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Detections.Analytics;

/// <summary>What is published of a process, whatever its platform.</summary>
public class ProcessAnalyticTests
{
    private const string Tool = @"C:\Program Files\Tool\tool.exe";

    [Theory]
    [InlineData(true, true, "Acme Ltd")]
    [InlineData(false, false, null)]
    [InlineData(null, null, null)]
    public void The_process_is_named_by_number_and_signature_as_far_as_they_are_known(bool? loaded, bool? signed, string? signer)
    {
        Scenario tool = new Scenario(Tool).Started();
        Detection detection = Single((loaded is { } own ? tool.OwnImage(own, "Acme Ltd") : tool).Connects().Payload(Scenario.Random()).Found());
        Assert.Equal(
            (4242, @"LAB\ana", Tool, Tool, @"C:\Windows\explorer.exe"),
            (detection.Process!.Pid, detection.Process.User, detection.Process.Image, detection.Process.CommandLine, detection.Process.ParentImage));
        Assert.Equal((signed, signer), (detection.Process.Signed, detection.Process.Signer));
        Assert.Equal(("ws1", Tool[^8..] + " sends encrypted payload without a key exchange to 203.0.113.9:8444"), (detection.Host, detection.Title));
    }

    [Theory]
    [InlineData("203.0.113.9", 9999)]
    [InlineData("203.0.113.10", 8444)]
    public void The_destination_named_is_the_one_whose_payload_speaks_before_the_one_most_called(string busy, int port)
    {
        Detection detection = Single(new Scenario(Tool).Connects().Connects(busy, (ushort)port, local: 51_000, times: 5).Payload(Scenario.Random()).Found());
        Assert.Equal(("203.0.113.9", 8444), (detection.Destination!.Ip.ToString(), (int)detection.Destination.Port));
        Assert.Equal((Scenario.Noon.AddSeconds(3), Scenario.Noon.AddSeconds(243)), (detection.WindowStart, detection.WindowEnd));
    }

    [Fact]
    public void A_destination_has_the_name_that_the_host_gave_it_else_that_of_the_network()
    {
        Assert.Equal("c2.example", Single(new Scenario(Tool).Connects(name: "c2.example").Payload(Scenario.Random()).Found()).Destination!.Name);
        Assert.Equal("n.example", Single(new Scenario(Tool).Connects().Payload(Scenario.Random()).FlowRecord(Handshake.None, name: "n.example").Found()).Destination!.Name);
        Assert.Null(Single(new Scenario(Tool).Connects().Payload(Scenario.Random()).Found()).Destination!.Name);
    }

    [Fact]
    public void Several_flows_of_a_channel_are_one_finding_of_the_network_that_is_covered()
    {
        ProcessFacts facts = new()
        {
            Key = Example.Process.Key,
            Platform = TelemetryPlatform.Linux,
            Image = "/dev/shm/agent",
            Destinations = [Example.Destination with { Handshake = Handshake.Unknown }],
            Flows = [.. Enumerable.Range(0, 3).Select(Flow)],
        };
        ProcessVerdict verdict = Judgement.Of(facts, DetectionSettings.Default);
        Assert.Equal(
            [new Supersession(An0404Network.IdOf(Example.ChannelKey, new(2024, 10, 4)), Assert.Single(verdict.Detections).DetectionId)],
            verdict.Supersedes);

        static FlowSummary Flow(int number) => Example.Summary with
        {
            Key = FlowKey.Create(Example.ChannelKey.SourceIp, (ushort)(50_100 + number), Example.ChannelKey.DestinationIp, 8444, 6),
            SecondInitiates = false,
            Handshake = Handshake.None,
            Payloads = [Example.Payload with { XorKeyLength = 8 }],
        };
    }

    [Theory]
    [InlineData(0, 1_000, 7_200, 7_203)]
    [InlineData(0, 10, 7_200, 3)]
    public void The_load_nearest_to_a_connection_counts_be_it_the_first_or_the_last_of_many(int first, int sample, int last, int connection)
    {
        Sightings loads = new()
        {
            Sample = [new(Example.Id(1), Example.Time(sample))],
            First = new Sighting(Example.Id(2), Example.Time(first)),
            Last = new Sighting(Example.Id(3), Example.Time(last)),
        };
        ProcessFacts facts = new()
        {
            Key = Example.Process.Key,
            Platform = TelemetryPlatform.Linux,
            Image = "/dev/shm/agent",
            Modules = [new() { Name = "libcrypto.so.3", Path = "/usr/lib/libcrypto.so.3", Loads = loads }],
            Destinations = [Example.Destination with { Handshake = Handshake.Unknown, Connections = Example.Seen(connection) }],
        };
        Assert.Contains(
            Assert.Single(Judgement.Of(facts, DetectionSettings.Default).Detections).Evidence,
            evidence => evidence is { Kind: "cryptoLoad", Detail: "Loads libcrypto.so.3; libcrypto.so.3 3 s from a connection" });
    }

    [Fact]
    public void Of_two_loads_as_near_the_earlier_counts()
    {
        ModuleFacts Module(string name, int second) => new() { Name = name, Path = "/usr/lib/" + name, Loads = Example.Seen(second) };
        ProcessFacts facts = new()
        {
            Key = Example.Process.Key,
            Platform = TelemetryPlatform.Linux,
            Image = "/dev/shm/agent",
            Modules = [Module("libcrypto.so.3", 6), Module("libsodium.so.23", 0)],
            Destinations = [Example.Destination with { Handshake = Handshake.Unknown, Connections = Example.Seen(3) }],
        };
        EvidencePiece piece = Assert.Single(
            Assert.Single(Judgement.Of(facts, DetectionSettings.Default).Detections).Evidence, evidence => evidence.Kind == "cryptoLoad");
        Assert.Equal(
            ("Loads libcrypto.so.3, libsodium.so.23; libsodium.so.23 3 s from a connection", DateTimeOffset.FromUnixTimeMilliseconds(Example.Time(0).Ms)),
            (piece.Detail, piece.Time));
    }

    [Fact]
    public void Without_payload_the_destination_most_called_is_named() => Assert.Equal(
        9999, Single(new Scenario().Started().OwnImage(false).Loads("bcryptprimitives.dll").Connects().Connects(port: 9999, local: 51_000, times: 3).Found())
            .Destination!.Port);

    [Fact]
    public void Where_no_evidence_has_a_time_it_is_that_of_the_first_connection()
    {
        DetectionSettings settings = Scenario.Settings("""{ "EvidenceWeights": { "payloadInsufficient": 30 } }""");
        Detection detection = Single(new Scenario(Tool).Connects(port: 443, times: 8).Found(settings));
        Assert.Equal((30, Severity.Low, Scenario.Noon.AddSeconds(3)), (detection.Confidence, detection.Severity, detection.Time));
    }

    [Fact]
    public void The_time_is_that_of_the_earliest_evidence()
    {
        Detection detection = Single(new Scenario(Tool).OwnImage(false).Connects().Payload(Scenario.Random()).Found());
        Assert.Equal(Scenario.Noon, detection.Time);
        Assert.Equal(detection.Evidence.Where(evidence => evidence.Time is not null).Min(evidence => evidence.Time), detection.Time);
    }

    /// <summary>Asymmetric only where keys were exchanged with every destination that is suspect.</summary>
    [Theory]
    [InlineData(Handshake.Established, Handshake.Hello, "T1573.002")]
    [InlineData(Handshake.Established, Handshake.None, "T1573.001")]
    [InlineData(Handshake.None, Handshake.None, "T1573.001")]
    public void The_technique_follows_what_the_hosts_record_says_of_all_destinations(Handshake first, Handshake second, string technique) => Assert.Equal(
        technique,
        Single(new Scenario("/dev/shm/agent", TelemetryPlatform.Linux).Started("/usr/bin/bash").Loads("/usr/lib/x86_64-linux-gnu/libcrypto.so.3")
            .Connects(handshake: first).Connects("203.0.113.10", local: 51_000, handshake: second).Found()).Technique);

    private static Detection Single(IReadOnlyList<Detection> found) => Assert.Single(found, detection => detection.Process is not null);
}
