using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Tests.Detections.Analytics;

/// <summary>Uploads: far more bytes sent than received.</summary>
public class AsymmetryEvidenceTests
{
    private const string Crypto = "/usr/lib/x86_64-linux-gnu/libcrypto.so.3";

    [Fact]
    public void The_bytes_are_those_of_the_window_in_which_most_were_sent_whichever_record_is_larger()
    {
        // 8000 bytes within the first ten minutes, 12000 within ten minutes that begin later.
        Detection detection = Assert.Single(Implant()
            .Connects(seconds: 3, sent: 5000, received: 10).Connects(seconds: 403, local: 50101, sent: 3000, received: 20)
            .Connects(seconds: 1003, local: 50102, sent: 9000, received: 30).Found());
        Assert.Contains(detection.Evidence, evidence => evidence is
        {
            Kind: "asymmetricTraffic",
            Detail: "12000 bytes sent to 203.0.113.9:8444 and 50 received within TimeWindow",
        });
    }

    [Theory]
    [InlineData(9000, 5000, "203.0.113.9")]
    [InlineData(5000, 9000, "203.0.113.10")]
    public void Of_several_destinations_the_one_that_most_was_sent_to_is_named(long first, long second, string named)
    {
        Detection detection = Assert.Single(Implant().Connects(sent: first, received: 0).Connects("203.0.113.10", local: 50101, sent: second, received: 0).Found());
        EvidencePiece piece = Assert.Single(detection.Evidence, evidence => evidence.Kind == "asymmetricTraffic");
        Assert.StartsWith($"9000 bytes sent to {named}:8444 ", piece.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_host_counts_nothing_the_networks_bytes_of_the_same_address_and_port_count()
    {
        Detection detection = Assert.Single(
            Implant().Connects().Connects(port: 9999, local: 50101)
                .FlowRecord(Handshake.None, bytes: 9000, received: 10).FlowRecord(Handshake.None, bytes: 7000, received: 20, port: 9999, local: 50101).Found(),
            found => found.Process is not null);
        EvidencePiece piece = Assert.Single(detection.Evidence, evidence => evidence.Kind == "asymmetricTraffic");
        Assert.StartsWith("9000 bytes sent to 203.0.113.9:8444 and 10 received", piece.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4096, 0, true)]
    [InlineData(4095, 0, false)]
    [InlineData(8000, 1000, true)]
    [InlineData(8000, 8000, false)]
    public void It_takes_so_many_bytes_and_so_many_more_sent_than_received(long sent, long received, bool lopsided) => Assert.Equal(
        lopsided,
        Assert.Single(Implant().Connects(sent: sent, received: received).Found(Scenario.Settings("""{ "TrafficAsymmetryRatio": 8 }""")))
            .Evidence.Any(evidence => evidence.Kind == "asymmetricTraffic"));

    private static Scenario Implant() => new Scenario("/dev/shm/agent", TelemetryPlatform.Linux).Started("/usr/bin/bash").Loads(Crypto);
}
