using CipherWatch.Core.Correlation.Attempts;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Analytics;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Detections.Analytics;

/// <summary>Channels of which a sensor keeps no payload: flow records, Zeek's conn.log, NetFlow.</summary>
public class UnnamedChannelTests
{
    [Fact]
    public void A_channel_that_comes_again_in_no_protocol_is_low_and_says_why_not_more()
    {
        Detection found = Assert.Single(Flows(5).Found());

        Assert.Equal(("AN0404", Severity.Low), (found.AnalyticId, found.Severity));
        Assert.Contains(found.Evidence, piece => piece.Detail.StartsWith("payload: insufficient", StringComparison.Ordinal));
        Assert.Contains(found.Evidence, piece => piece.Kind == "noProtocolFound");
    }

    [Fact]
    public void A_timer_makes_it_medium_and_no_more_of_it_high()
    {
        Detection timed = Assert.Single(Flows(18, gapSeconds: 300).Found());
        Detection lopsided = Assert.Single(Flows(18, gapSeconds: 300, sent: 900_000).Found());

        Assert.Equal(Severity.Medium, timed.Severity);
        Assert.Contains(timed.Evidence, piece => piece.Kind == "beaconing" && piece.Detail.Contains("00:05:00", StringComparison.Ordinal));
        Assert.Equal(Severity.Medium, lopsided.Severity);
        Assert.True(lopsided.Confidence > timed.Confidence);
    }

    [Fact]
    public void Either_lopsided_or_repeated_it_must_be()
    {
        Assert.Empty(Flows(2).Found());
        Assert.Single(Flows(2, sent: 900_000).Found());
    }

    [Theory]
    [InlineData("http", Handshake.None, (ushort)7443, 5000)]
    [InlineData(null, Handshake.Established, (ushort)7443, 5000)]
    [InlineData(null, Handshake.Unseen, (ushort)7443, 5000)]
    [InlineData(null, Handshake.Unknown, (ushort)7443, 5000)]
    [InlineData(null, Handshake.None, (ushort)389, 5000)]
    [InlineData(null, Handshake.None, (ushort)7443, 400)]
    public void What_is_named_exchanged_keys_was_not_looked_for_is_profiled_or_is_small_is_nothing(
        string? application, Handshake handshake, ushort port, long bytes) =>
        Assert.Empty(Flows(18, gapSeconds: 300, sent: bytes, received: bytes, application: application, handshake: handshake, port: port).Found());

    [Fact]
    public void Inside_a_site_protocols_of_its_own_are_everyday() =>
        Assert.Empty(Flows(18, gapSeconds: 300, sent: 900_000, ip: "10.9.0.4").Found());

    [Fact]
    public void A_timer_counts_where_payload_speaks_too()
    {
        Scenario scenario = new();
        for (ushort at = 0; at < 18; at++)
        {
            scenario.Payload(Scenario.Random(), local: (ushort)(50_000 + at), seconds: 60 * at)
                .FlowRecord(Handshake.None, bytes: 900, local: (ushort)(50_000 + at), seconds: 60 * at);
        }

        Assert.Contains(Assert.Single(scenario.Found()).Evidence, piece => piece.Kind == "beaconing");
    }

    [Fact]
    public void A_host_that_calls_all_day_and_is_not_answered_is_low()
    {
        Scenario scenario = new();
        Calls(scenario, 120, _ => "203.0.113.9", _ => 4444);

        Detection found = Assert.Single(scenario.Found());

        Assert.Equal((Severity.Low, "T1573"), (found.Severity, found.Technique));
        Assert.Equal("10.1.0.5 calls 203.0.113.9:4444 all day and is not answered", found.Title);
    }

    [Fact]
    public void A_scan_a_few_calls_and_a_service_of_the_domain_are_not()
    {
        Scenario scan = new(), few = new(), domain = new(), burst = new();
        Calls(scan, 3000, at => $"203.0.{at % 200}.{at / 200}", at => (ushort)(1000 + at));
        Calls(few, 60, _ => "203.0.113.9", _ => 4444);
        Calls(domain, 300, _ => "203.0.113.9", _ => 445);
        Calls(burst, 300, _ => "203.0.113.9", _ => 4444, gapSeconds: 2);

        Assert.Empty(scan.Found());
        Assert.Empty(few.Found());
        Assert.Empty(domain.Found());
        Assert.Empty(burst.Found());
    }

    [Fact]
    public void Hundreds_of_calls_stand_out_of_a_scan_of_thousands()
    {
        Scenario scenario = new();
        Calls(scenario, 2000, at => at % 3 == 0 ? "203.0.113.9" : $"198.51.{at % 200}.{at / 200}", at => at % 3 == 0 ? (ushort)4444 : (ushort)(1000 + at), gapSeconds: 30);

        Assert.Contains("203.0.113.9:4444", Assert.Single(scenario.Found()).Title, StringComparison.Ordinal);
    }

    private static void Calls(Scenario scenario, int count, Func<int, string> address, Func<int, ushort> port, double gapSeconds = 240)
    {
        for (int at = 0; at < count; at++)
        {
            scenario.FlowRecord(Handshake.None, bytes: 0, ip: address(at), port: port(at), local: (ushort)(40_000 + at), seconds: gapSeconds * at, received: 0);
        }
    }

    private static Scenario Flows(
        int count, double gapSeconds = 7, long sent = 5000, long received = 5000, string? application = null, Handshake handshake = Handshake.None, ushort port = 7443, string ip = "203.0.113.9")
    {
        Scenario scenario = new();
        for (ushort at = 0; at < count; at++)
        {
            // Gaps of people: none like the other.
            double seconds = gapSeconds > 100 ? gapSeconds * at : gapSeconds * at * at;
            scenario.FlowRecord(handshake, application, sent, ip: ip, port: port, local: (ushort)(50_000 + at), seconds: seconds, received: received);
        }

        return scenario;
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Three_flows_alike_are_repeated_and_two_are_not(int flows, bool repeated)
    {
        Scenario scenario = new();
        for (int flow = 0; flow < flows; flow++)
        {
            scenario.FlowRecord(Handshake.None, bytes: 5000, received: 5000, local: (ushort)(50_000 + flow), seconds: 4 + flow);
        }

        IReadOnlyList<Detection> found = scenario.Found();
        Assert.Equal(repeated, found.Count == 1 && found[0].Evidence.Any(evidence => evidence.Detail == "3 flows of the channel show the same"));
    }

    [Fact]
    public void What_is_said_of_unanswered_calls_is_said_of_the_day_and_the_destination()
    {
        // So many in the sample, that there were about two hundred.
        const ulong Step = ulong.MaxValue / 200 * 95 / AttemptFacts.MaxAttempts;
        ChannelKey channel = Example.ChannelKey with { DestinationPort = 4444 };
        AttemptFacts facts = new()
        {
            SourceIp = channel.SourceIp,
            Attempts = [.. Enumerable.Range(0, AttemptFacts.MaxAttempts).Select(call => new Attempt(
                Example.Day, Step * (ulong)(call + 1), channel.DestinationIp, 4444, 6, Example.Time(60 * (call + 1)).Ms))],
        };

        Detection detection = Assert.Single(UnansweredCalls.Judge(facts, DetectionSettings.Default));

        DateTimeOffset first = DateTimeOffset.FromUnixTimeMilliseconds(Example.Time(60).Ms);
        Assert.Equal(
            ("AN0404", "T1573", TelemetryPlatform.Network, Severity.Low),
            (detection.AnalyticId, detection.Technique, detection.Platform, detection.Severity));
        Assert.Equal((detection.Evidence.Sum(evidence => evidence.Weight), DetectionSettings.Default.Version), (detection.Confidence, detection.SettingsVersion));
        Assert.Equal((first, first, first.AddMinutes(95)), (detection.Time, detection.WindowStart, detection.WindowEnd));
        Assert.Equal("10.0.0.5 calls 203.0.113.9:4444 all day and is not answered", detection.Title);
        Assert.Equal(new(channel.DestinationIp, 4444, "tcp", null), detection.Destination);
        Assert.Equal(["payloadInsufficient", "unansweredCalls"], detection.Evidence.Select(evidence => evidence.Kind).Order());
        EvidencePiece piece = detection.Evidence.Single(evidence => evidence.Weight > 0);
        Assert.Equal(first, piece.Time);
        Assert.StartsWith($"about {facts.Count(Example.Day)} calls to 203.0.113.9:4444 in one day, none answered", piece.Detail, StringComparison.Ordinal);
        Assert.InRange(facts.Count(Example.Day), 195, 205);
    }
}
