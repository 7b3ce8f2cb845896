using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Detections;

/// <summary>What a card says of a detection holds.</summary>
public class CardTests
{
    [Property(MaxTest = 200)]
    public void Weights_add_up_to_the_confidence_or_the_limit_is_a_line_of_its_own(
        bool started, bool? signed, byte loads, byte connections, byte payloads, bool exchange, bool odd, short weight, bool explain)
    {
        Scenario scenario = new(odd ? @"C:\Users\ana\AppData\Roaming\x\x.exe" : @"C:\Program Files\x\x.exe");
        scenario = started ? scenario.Started(odd ? @"C:\Program Files\Microsoft Office\winword.exe" : @"C:\Windows\explorer.exe") : scenario;
        scenario = signed is { } valid ? scenario.OwnImage(valid, valid ? "Acme" : null) : scenario;
        string[] libraries = ["rsaenh.dll", "bcrypt.dll", "schannel.dll", "clr.dll", "dssenh.dll"];
        foreach (string library in libraries.Take(loads % 6))
        {
            scenario.Loads(library);
        }

        scenario.Connects(times: 1 + (connections % 20), port: odd ? (ushort)8444 : (ushort)443);
        for (ushort flow = 0; flow < payloads % 6; flow++)
        {
            scenario.Payload(
                Scenario.Random(), port: odd ? (ushort)8444 : (ushort)443, local: (ushort)(50100 + flow),
                handshake: exchange ? Handshake.Established : Handshake.None);
        }

        DetectionSettings settings = Scenario.Settings($$"""{ "EvidenceWeights": { "cryptoLoad": {{weight % 101}} } }""");
        foreach (Detection detection in scenario.Found(settings with { ExplainsAll = explain }))
        {
            ConfidenceLimit? limit = ConfidenceLimit.Of(detection);
            int sum = detection.Evidence.Sum(evidence => evidence.Weight);
            Assert.Equal(detection.Confidence, sum + (limit?.Points ?? 0));
            Assert.Equal(sum == detection.Confidence, limit is null);
            Assert.Equal(limit is not null && detection.Confidence == 100, limit?.Why.Contains("100 at most", StringComparison.Ordinal) ?? false);
            Assert.Equal(limit is not null && detection.Confidence == 69, limit?.Why.Contains("held at 69", StringComparison.Ordinal) ?? false);
        }
    }

    [Theory]
    [InlineData(3, 1, "3 connections to 1 destination(s)", false)]
    [InlineData(7, 2, "14 connections to 2 destination(s)", true)]
    [InlineData(20, 1, "about ", true)]
    public void A_count_that_is_exact_is_not_called_about(int each, int destinations, string expected, bool told)
    {
        Scenario scenario = new Scenario().Started().OwnImage(signed: false).Loads("rsaenh.dll");
        for (int destination = 0; destination < destinations; destination++)
        {
            scenario.Connects($"203.0.113.{9 + destination}", times: each, local: (ushort)(50100 + (destination * 1000)));
        }

        EvidencePiece? few = Assert.Single(scenario.Found()).Evidence.FirstOrDefault(evidence => evidence.Kind == "fewDestinations");
        Assert.Equal(told, few is not null);
        if (few is not null)
        {
            Assert.StartsWith(expected, few.Detail, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("encryptedNoHandshake", "tlsProvider", "T1573.001")]
    [InlineData("cryptoLoad", "fewDestinations", "T1573.001")]
    [InlineData("cryptoLoad", "tlsProvider", "T1573, TLS is on record")]
    [InlineData("fewDestinations", "unexpectedProgram", "T1573, symmetric or not cannot be told")]
    public void The_headline_names_no_technique_that_the_evidence_does_not_tell(string first, string second, string expected) => Assert.Equal(
        expected, TechniqueText.Of(Scenarios(first, second, "T1573.001")));

    /// <summary>Bytes that were seen tell the technique, whatever kind of them it is and whatever library stands beside.</summary>
    [Fact]
    public void Payload_of_every_kind_tells_the_technique()
    {
        EvidenceKind[] kinds = [.. EvidenceKind.All.Where(kind => kind.IsPayload)];

        Assert.Contains(EvidenceKind.EncryptedBodies, kinds);
        Assert.All(kinds, kind => Assert.Equal("T1573.001", TechniqueText.Of(Scenarios(kind.Name, "tlsProvider", "T1573.001"))));
    }

    [Fact]
    public void A_channel_with_a_key_exchange_keeps_its_technique() =>
        Assert.Equal("T1573.002", TechniqueText.Of(Scenarios("tlsHandshake", "cryptoLoad", "T1573.002")));

    [Fact]
    public void The_suppression_that_is_suggested_fits_tomorrows_detection_and_no_other_program_host_or_destination()
    {
        Detection today = Assert.Single(Implant(day: 0).Found());
        string entry = SuppressionDraft.Json([.. SuppressionDraft.Scope(today), ("reason", "known")]);
        DetectionSettings settings = Scenario.Settings($$"""{ "Suppressions": [ {{entry}} ] }""");
        Detection tomorrow = Assert.Single(Implant(day: 1).Found(settings));
        Assert.NotEqual(today.DetectionId, tomorrow.DetectionId);
        Assert.Equal("known", tomorrow.Suppressed?.Reason);
        Assert.Null(Assert.Single(Implant(day: 1, ip: "203.0.113.10").Found(settings)).Suppressed);
        Assert.Null(Assert.Single(Implant(day: 1, image: @"C:\Users\ana\Downloads\other.exe").Found(settings)).Suppressed);
        Assert.Null(settings.Suppress(today, ["ws2"]).Suppressed);
    }

    private static Scenario Implant(int day, string ip = "203.0.113.9", string image = @"C:\Users\ana\Downloads\update.exe") =>
        new Scenario(image).Started().OwnImage(signed: false).Loads("rsaenh.dll", (day * 86_400) + 1).Connects(ip, seconds: (day * 86_400) + 3, times: 9);

    private static Detection Scenarios(string first, string second, string technique)
    {
        Detection detection = Assert.Single(Implant(day: 0).Found());
        return detection with
        {
            Technique = technique,
            Evidence = [new(first, null, 20, "d", []), new(second, null, second == "tlsProvider" ? -10 : 20, "d", [])],
        };
    }
}
