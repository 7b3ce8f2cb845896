using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Detections.Analytics;

public class An0404NetworkTests
{
    [Fact]
    public void Random_payload_without_a_key_exchange_is_found()
    {
        Detection detection = Assert.Single(new Scenario().Payload(Scenario.Random()).Found());

        Assert.Equal("AN0404", detection.AnalyticId);
        Assert.Equal(55, detection.Confidence);
        Assert.Equal("203.0.113.9", detection.Destination?.Ip.ToString());
        Assert.Null(detection.Process);
    }

    [Theory]
    [InlineData(Handshake.Established)]
    [InlineData(Handshake.Hello)]
    [InlineData(Handshake.Resumed)]
    public void A_key_exchange_explains_randomness(Handshake handshake) =>
        Assert.Empty(new Scenario().Payload(Scenario.Random()).FlowRecord(handshake, "tls").Found());

    [Fact]
    public void A_start_that_was_not_seen_proves_less()
    {
        IReadOnlyList<Detection> found = new Scenario().Payload(Scenario.Random(), handshake: Handshake.Unseen).Found();

        Assert.Equal(Severity.Low, Assert.Single(found).Severity);
        Assert.DoesNotContain("without a key exchange", Assert.Single(found).Title, StringComparison.Ordinal);
        Assert.Equal(Severity.Medium, Assert.Single(new Scenario().Payload(Scenario.Random()).Found()).Severity);
    }

    [Theory]
    [InlineData("149.154.167.50", Severity.Low)]
    [InlineData("203.0.113.9", Severity.High)]
    public void A_messengers_own_network_is_low(string address, Severity severity)
    {
        Scenario scenario = new();
        for (ushort flow = 0; flow < 3; flow++)
        {
            scenario.Payload(Scenario.Random(), ip: address, port: 443, local: (ushort)(50_000 + flow), seconds: 5 + flow);
        }

        Assert.Equal(severity, Assert.Single(scenario.Found()).Severity);
    }

    [Fact]
    public void One_datagram_that_nobody_answered_is_low()
    {
        Detection unanswered = Assert.Single(Datagram(received: 0).Found());

        Assert.Equal(Severity.Low, unanswered.Severity);
        Assert.Contains(unanswered.Evidence, piece => piece.Detail.EndsWith("nobody answered", StringComparison.Ordinal));
        Assert.Equal(Severity.Medium, Assert.Single(Datagram(received: 900).Found()).Severity);

        static Scenario Datagram(long received) => new Scenario { Transport = Protocols.Udp }
            .Payload(Scenario.Random(sampled: 1200)).FlowRecord(Handshake.None, bytes: 1200, received: received);
    }

    [Fact]
    public void A_flow_without_payload_is_insufficient_not_a_guess() =>
        Assert.Empty(new Scenario().FlowRecord(Handshake.None, bytes: 5_000_000, port: 443).Found());

    [Fact]
    public void Compressed_payload_falls_out_as_samples_accumulate()
    {
        Scenario scenario = new();
        for (ushort sample = 0; sample < 9; sample++)
        {
            // Each alone passes the threshold; together they lean three standard deviations per square root of nine.
            scenario.Payload(Scenario.Random(score: 7.3), seconds: 5 + sample);
        }

        Assert.Empty(scenario.Found());
        Assert.Single(new Scenario().Payload(Scenario.Random(score: 7.3)).Found());
    }

    [Fact]
    public void Samples_under_64_bytes_judge_only_together()
    {
        PayloadScore tiny = Scenario.Random(sampled: 48) with { Verdict = PayloadVerdict.Insufficient };
        Scenario few = new Scenario().Payload(tiny).Payload(tiny, seconds: 6);
        Scenario many = new();
        for (int sample = 0; sample < 6; sample++)
        {
            many.Payload(tiny, seconds: 5 + sample);
        }

        Assert.Empty(few.Found());
        Assert.Single(many.Found());
    }

    [Fact]
    public void A_short_reply_with_a_header_does_not_make_ciphertext_compressed()
    {
        PayloadScore sent = Scenario.Random(sampled: 4096) with { CompressionZ = 1.8 };
        PayloadScore reply = Scenario.Random(sampled: 32) with { Verdict = PayloadVerdict.Insufficient, CompressionZ = 3.8 };

        Assert.Single(new Scenario().Payload(sent).Payload(reply, seconds: 6).Found());
        Assert.Empty(new Scenario().Payload(sent).Payload(sent with { CompressionZ = 2.4 }, seconds: 6).Found());
    }

    [Fact]
    public void An_exchange_that_may_have_gone_by_before_the_capture_is_not_called_absent()
    {
        Assert.DoesNotContain("expectedEncryptionAbsent", Kinds(Handshake.Unseen, 443));
        Assert.Contains("expectedEncryptionAbsent", Kinds(Handshake.None, 443));

        // A port of plain text is not explained by a start that was missed.
        Assert.Contains("expectedEncryptionAbsent", Kinds(Handshake.Unseen, 80));

        static IEnumerable<string> Kinds(Handshake handshake, ushort port) =>
            Assert.Single(new Scenario().Payload(Scenario.Random(), handshake: handshake, port: port).Found()).Evidence.Select(evidence => evidence.Kind);
    }

    [Fact]
    public void PortProfiles_is_live()
    {
        Scenario Story() => new Scenario().Payload(Scenario.Random(), port: 9000);

        Assert.Contains(Assert.Single(Story().Found()).Evidence, evidence => evidence is { Kind: "oddPort", Weight: 10 });
        Assert.Contains(
            Assert.Single(Story().Found(Scenario.Settings("""{ "PortProfiles": { "8990-9010/tcp": ["tls"] } }"""))).Evidence,
            evidence => evidence is { Kind: "expectedEncryptionAbsent", Weight: 20 });
        Assert.Equal(23, Assert.Single(Story().Found(Scenario.Settings("""{ "PortProfiles": { "9000/tcp": ["any"] } }"""))).Confidence);
    }

    [Fact]
    public void A_port_with_encryption_of_its_own_kind_halves_randomness_and_nothing_else()
    {
        DetectionSettings any = Scenario.Settings("""{ "PortProfiles": { "9000/tcp": ["any"] } }""");
        PayloadScore xor = Scenario.Random() with { Verdict = PayloadVerdict.Xor, Score = 5, Z = -4, XorKeyLength = 8 };

        Assert.Equal(45, Assert.Single(new Scenario().Payload(xor, port: 9000).Found(any)).Confidence);
        Assert.Empty(new Scenario().Payload(Scenario.Random(), port: 9000, handshake: Handshake.Unseen).Found(any));
    }

    [Fact]
    public void A_port_where_no_encryption_is_expected_says_so() => Assert.Contains(
        Assert.Single(new Scenario().Payload(Scenario.Random(), port: 80).Found()).Evidence,
        evidence => evidence.Kind == "expectedEncryptionAbsent" && evidence.Detail.Contains("no encryption", StringComparison.Ordinal));

    [Fact]
    public void TrafficVolumeThreshold_tells_a_vpn_in_use_from_a_small_one()
    {
        Scenario Story(long bytes) => new Scenario().FlowRecord(Handshake.None, "wireguard", bytes);

        Assert.Equal(Severity.Low, Assert.Single(Story(1000).Found()).Severity);
        Assert.Empty(Story(60_000_000).Found());
        Assert.Empty(Story(1000).Found(Scenario.Settings("""{ "TrafficVolumeThreshold": 2000 }""")));
        Assert.Empty(Story(1000).Found(Scenario.Settings("""{ "PortProfiles": { "8444/tcp": ["wireguard"] } }""")));
    }

    [Fact]
    public void Volume_is_counted_over_TimeWindow()
    {
        Scenario Story(double apart) => new Scenario().FlowRecord(Handshake.None, "wireguard", 30_000_000)
            .FlowRecord(Handshake.None, "wireguard", 30_000_000, local: 50101, seconds: 4 + apart);

        Assert.Empty(Story(600).Found());
        Assert.Single(Story(601).Found());
        Assert.Single(Story(600).Found(Scenario.Settings("""{ "TimeWindow": "00:05:00" }""")));
    }

    [Fact]
    public void Volume_never_removes_randomness_of_unrecognised_traffic() =>
        Assert.Single(new Scenario().Payload(Scenario.Random()).FlowRecord(Handshake.None, bytes: 500_000_000).Found());

    [Fact]
    public void One_channel_and_day_is_one_detection()
    {
        Scenario scenario = new();
        for (ushort flow = 0; flow < 3; flow++)
        {
            scenario.Payload(Scenario.Random(), local: (ushort)(51000 + flow), seconds: flow * 300);
        }

        Assert.Contains(Assert.Single(scenario.Found()).Evidence, evidence => evidence is { Kind: "repeatedFlows", Weight: 10 });
    }

    [Theory]
    [InlineData(PayloadVerdict.Compressed)]
    [InlineData(PayloadVerdict.Encoded)]
    [InlineData(PayloadVerdict.Text)]
    [InlineData(PayloadVerdict.Protocol)]
    [InlineData(PayloadVerdict.Binary)]
    public void Other_verdicts_are_no_randomness_whatever_the_score(PayloadVerdict verdict) =>
        Assert.Empty(new Scenario().Payload(Scenario.Random() with { Verdict = verdict }).Found());

    [Fact]
    public void The_window_is_that_of_the_days_own_flows_and_key_exchanges()
    {
        FlowSummary flow = Example.Summary with { SecondInitiates = false, Handshake = Handshake.None, Applications = [], Payloads = [Sample] };
        FlowSummary other = flow with { Key = FlowKey.Create(Example.ChannelKey.SourceIp, 50_101, Example.ChannelKey.DestinationIp, 8444, 6), Payloads = [], Handshake = Handshake.Hello };
        ExchangeFacts own = ExchangeFacts.Of(Example.ChannelKey, other) with { Span = Example.Seen(900) };
        ExchangeFacts next = ExchangeFacts.Of(Example.ChannelKey, other with { Day = Example.Day + 1, Seen = Example.Seen(90_000) }) with { Span = Example.Seen(90_900) };

        Detection detection = Assert.Single(Judgement.Of(
            new ChannelFacts { Key = Example.ChannelKey, Random = [flow], Exchanges = [next, own] }, DetectionSettings.Default));

        Assert.Equal((At(7), At(7), At(900)), (detection.Time, detection.WindowStart, detection.WindowEnd));
        Assert.Equal(("T1573.002", "c2.example"), (detection.Technique, detection.Destination!.Name));

        static DateTimeOffset At(int second) => DateTimeOffset.FromUnixTimeMilliseconds(Example.Time(second).Ms);
    }

    [Fact]
    public void Of_several_names_that_of_the_first_flow_is_the_destinations() => Assert.Equal(
        "a.example",
        Assert.Single(new Scenario().Payload(Scenario.Random()).FlowRecord(Handshake.None, name: "a.example").FlowRecord(Handshake.None, local: 50_101, name: "b.example").Found())
            .Destination!.Name);

    [Fact]
    public void A_flow_that_shows_nothing_is_nothing_whatever_the_weights() => Assert.Empty(
        new Scenario().FlowRecord(Handshake.None, bytes: 500).Found(Scenario.Settings("""{ "EvidenceWeights": { "payloadInsufficient": 30 } }""")));

    private static PayloadFact Sample => Example.Payload with { Score = 7_950, XorKeyLength = 0, EcbRepeats = 0, Z = -156, CompressionZ = 0 };
}
