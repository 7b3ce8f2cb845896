using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Analytics;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Correlation;
using CipherWatch.Core.Tests.Pipeline.Delivery;

namespace CipherWatch.Core.Tests.Detections.Analytics;

/// <summary>What a sensor saw of a program that is expected to send it is no finding; what it saw beside it is.</summary>
public class ExpectedFlowsTests
{
    private const string Agent = @"C:\Program Files\Backup\agent.exe";
    private static readonly DetectionSettings Allow =
        Scenario.Settings("""{ "AllowedCryptoProcesses": [ { "image": "?:\\Program Files\\Backup\\*.exe", "signer": "Backup Ltd" } ] }""");

    [Fact]
    public void A_flow_of_an_allowed_program_is_explained_by_it()
    {
        Assert.Empty(Backup().Payload(Scenario.Random()).Found(Allow));
        Assert.NotEmpty(Backup().Payload(Scenario.Random()).Found());
    }

    [Fact]
    public void Whichever_was_known_first() =>
        Assert.Empty(new Scenario(Agent).Payload(Scenario.Random()).Connects().OwnImage(true, "Backup Ltd").Found(Allow));

    [Fact]
    public void A_flow_that_the_program_does_not_claim_is_a_finding_still()
    {
        Detection detection = Assert.Single(Backup().Payload(Scenario.Random()).Payload(Scenario.Random(), local: 50999).Found(Allow));

        Assert.Equal("AN0404", detection.AnalyticId);
        Assert.Null(detection.SupersededBy);
        Assert.Contains(detection.Evidence, evidence => evidence is { Kind: "encryptedNoHandshake", Weight: 0 });
        Assert.Contains(detection.Evidence, evidence => evidence.Weight == 45 && evidence.Detail.Contains("1 flow(s)", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_a_crowd_of_flows_those_that_are_kept_speak_for_the_rest()
    {
        Scenario crowd = Backup(connections: 40);
        for (ushort flow = 0; flow < 40; flow++)
        {
            crowd.Payload(Scenario.Random(), local: (ushort)(50100 + flow), seconds: 5 + (flow * 60));
        }

        Assert.Empty(crowd.Found(Allow));
        Assert.NotEmpty(crowd.Found());
    }

    [Fact]
    public void XOR_is_expected_of_nobody()
    {
        PayloadScore xor = Scenario.Random() with { Verdict = PayloadVerdict.Xor, Score = 5, Z = -9, XorKeyLength = 8 };

        Assert.Contains(Backup().Payload(xor).Found(Allow), detection => detection.AnalyticId == "AN0400");
    }

    [Fact]
    public void Code_that_was_brought_into_the_program_is_not_explained_by_it() =>
        Assert.Contains(
            Backup().Injected(@"C:\Program Files\Updater\updater.exe").Payload(Scenario.Random()).Found(Allow),
            detection => detection is { AnalyticId: "AN0404", SupersededBy: null });

    [Fact]
    public void Services_of_Windows_explain_nothing()
    {
        DetectionSettings allow = Scenario.Settings("""{ "AllowedCryptoProcesses": [ { "image": "?:\\Windows\\System32\\svchost.exe" } ] }""");

        Assert.Contains(
            new Scenario(@"C:\Windows\System32\svchost.exe").OwnImage(true, "Microsoft Windows").Connects().Payload(Scenario.Random()).Found(allow),
            detection => detection.AnalyticId == "AN0404");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void Entities_agree_whatever_the_batch(int batch)
    {
        Scenario scenario = Backup().Payload(Scenario.Random()).Payload(Scenario.Random(), local: 50999);
        foreach (IEnumerable<Observation> stream in (IEnumerable<Observation>[])[scenario.Observations, scenario.Observations.Reverse()])
        {
            using DeliveryRun run = new(Allow);
            foreach (Observation[] chunk in stream.Chunk(batch))
            {
                run.Deliver(chunk);
                run.Deliver(chunk);
            }

            run.LookAgain();
            Assert.Equal(DeliveryRun.Lines(scenario.Found(Allow)), run.Standing());
        }
    }

    private static Scenario Backup(int connections = 1) =>
        new Scenario(Agent).Started().OwnImage(true, "Backup Ltd").Loads("bcryptprimitives.dll").Connects(times: connections);

    [Fact]
    public void A_flow_that_two_processes_claim_is_explained_only_where_both_are_expected_to()
    {
        ProcessKey expected = ProcessKey.FromGuid("ws1", "a"), other = ProcessKey.FromGuid("ws1", "b");
        DateOnly day = new(2024, 10, 4);
        FlowSummary flow = Example.Summary with { SecondInitiates = false };
        ChannelFacts Channel(params ProcessKey[] owners) => new()
        {
            Key = Example.ChannelKey,
            Random = [flow],
            Claims = [.. owners.Select(owner => new FlowClaim(flow.Day, flow.Key, owner))],
            Marks =
            [
                new(Example.ChannelKey, An0404Network.IdOf(Example.ChannelKey, day), DetectionId.Create("AN0400", expected.Value, null, day), 0, Stands: false, IsExpected: true),
            ],
        };

        Assert.True(ExpectedFlows.Of(Channel(expected), day)(flow));
        Assert.False(ExpectedFlows.Of(Channel(other), day)(flow));
        Assert.False(ExpectedFlows.Of(Channel(expected, other), day)(flow));
        Assert.False(ExpectedFlows.Of(Channel(), day)(flow));
        Assert.False(ExpectedFlows.Of(Channel(expected), day.AddDays(1))(flow));
    }
}
