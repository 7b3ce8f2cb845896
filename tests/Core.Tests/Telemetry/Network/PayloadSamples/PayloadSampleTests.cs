using System.Text.Json.Nodes;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Tests.Telemetry.Network.PayloadSamples;

public class PayloadSampleTests
{
    private static readonly byte[] Ciphertext = RandomBytes(1024);

    [Fact]
    public void Random_bytes_from_a_seen_start_are_encrypted_without_a_key_exchange()
    {
        Observation observation = NetworkReading.Of(Sample().ToJsonString()).Single();

        Assert.Equal((ObservationKind.Payload, SourceNames.PayloadSample, TelemetryPlatform.Network), (observation.Kind, observation.Source, observation.Platform));
        Assert.Equal((1460, 0L, PayloadDirection.Out), (observation.Payload!.Length, observation.Payload.Offset, observation.Payload.Direction));
        Assert.Equal((PayloadVerdict.Encrypted, 1024), (observation.Payload.Score.Verdict, observation.Payload.Score.Sampled));
        Assert.Equal(Handshake.None, observation.Flow!.Handshake);
        Assert.Equal("10.20.0.7", observation.Flow.SrcIp.ToString());
        Assert.Null(observation.Host);
    }

    [Theory]
    [InlineData("""{"startSeen":false}""", Handshake.Unseen)]
    [InlineData("""{"startSeen":null}""", Handshake.Unknown)]
    [InlineData("""{"offset":1000}""", Handshake.Unknown)]
    [InlineData("""{"offset":null}""", Handshake.Unknown)]
    [InlineData("""{"handshake":"established"}""", Handshake.Established)]
    [InlineData("""{"startSeen":false,"handshake":"hello"}""", Handshake.Hello)]
    public void The_absence_of_a_key_exchange_needs_a_seen_start(string change, Handshake expected) =>
        Assert.Equal(expected, NetworkReading.Of(Sample(change).ToJsonString()).Single().Flow!.Handshake);

    [Fact]
    public void A_client_hello_at_the_start_is_a_hello()
    {
        // TLS handshake record of 508 bytes holding a ClientHello of 504.
        byte[] hello = [22, 3, 1, 1, 252, 1, 0, 1, 248, 3, 3, .. RandomBytes(502)];

        Observation observation = NetworkReading.Of(Sample($$"""{"bytes":"{{Convert.ToBase64String(hello)}}"}""").ToJsonString()).Single();

        Assert.Equal(("tls", Handshake.Hello), (observation.Flow!.Application, observation.Flow.Handshake));
    }

    [Fact]
    public void Application_data_at_a_seen_start_is_dressed_as_tls_and_exchanged_no_keys()
    {
        byte[] record = [23, 3, 3, 1, 244, .. RandomBytes(500)];

        Observation observation = NetworkReading.Of(Sample($$"""{"bytes":"{{Convert.ToBase64String(record)}}"}""").ToJsonString()).Single();

        Assert.Equal(("tls", Handshake.None), (observation.Flow!.Application, observation.Flow.Handshake));
    }

    [Fact]
    public void A_histogram_is_scored_as_its_bytes_are()
    {
        long[] counts = new long[256];
        foreach (byte value in Ciphertext)
        {
            counts[value]++;
        }

        PayloadScore bytes = NetworkReading.Of(Sample().ToJsonString()).Single().Payload!.Score;
        Observation observation = NetworkReading.Of(Sample($$"""{"bytes":null,"histogram":[{{string.Join(',', counts)}}]}""").ToJsonString()).Single();

        Assert.Equal((bytes.Entropy, bytes.Score, 1024), (observation.Payload!.Score.Entropy, observation.Payload.Score.Score, observation.Payload.Score.Sampled));
        Assert.Equal(Handshake.Unknown, observation.Flow!.Handshake);
    }

    [Fact]
    public void A_community_id_stands_for_the_flow_where_there_is_no_tuple()
    {
        const string Id = "1:LQU9qZlK+B5F3KDmev6m5PMibrg=";

        Observation observation = NetworkReading.Of(Sample($$"""{"srcIp":null,"dstIp":null,"communityId":"{{Id}}"}""").ToJsonString()).Single();

        Assert.Null(observation.Flow);
        Assert.Equal(Id, observation.FlowUid);
    }

    [Fact]
    public void Slashes_of_base64_may_be_escaped()
    {
        byte[] slashes = [.. Enumerable.Repeat((byte)0xff, 96)];
        string json = Sample($$"""{"bytes":"{{Convert.ToBase64String(slashes)}}"}""").ToJsonString().Replace("/", "\\/", StringComparison.Ordinal)
            .Replace("payload-sample\\/1", "payload-sample/1", StringComparison.Ordinal);

        Assert.Equal(96, NetworkReading.Of(json).Single().Payload!.Score.Sampled);
    }

    [Fact]
    public void The_id_follows_the_content_and_its_place_and_nothing_of_the_sensor()
    {
        Observation first = NetworkReading.Of(Sample().ToJsonString()).Single();

        Assert.Equal(first.Id, NetworkReading.Of(Sample("""{"sensor":"other"}""").ToJsonString()).Single().Id);
        Assert.NotEqual(first.Id, NetworkReading.Of(Sample("""{"offset":1024}""").ToJsonString()).Single().Id);
        Assert.NotEqual(first.Payload!.SampleId, NetworkReading.Of(Sample("""{"direction":"in"}""").ToJsonString()).Single().Payload!.SampleId);
    }

    [Fact]
    public void A_host_is_its_first_label()
    {
        Observation observation = NetworkReading.Of(Sample("""{"host":"WS-07.corp.example.org"}""").ToJsonString()).Single();

        Assert.Equal(("ws-07", "ws-07.corp.example.org"), (observation.Host, observation.HostFqdn));
    }

    [Theory]
    [InlineData("""{"cipherwatch":"payload-sample/2"}""", "version")]
    [InlineData("""{"time":null}""", "'time'")]
    [InlineData("""{"time":"soon"}""", "'time'")]
    [InlineData("""{"srcIp":null,"dstIp":null}""", "names no flow")]
    [InlineData("""{"dstIp":null}""", "'dstIp'")]
    [InlineData("""{"srcIp":"10.20.0"}""", "'srcIp'")]
    [InlineData("""{"srcPort":65536}""", "'srcPort'")]
    [InlineData("""{"dstPort":"https"}""", "'dstPort'")]
    [InlineData("""{"dstPort":null}""", "'dstPort'")]
    [InlineData("""{"protocol":"tcpish"}""", "'protocol'")]
    [InlineData("""{"communityId":"1:short"}""", "'communityId' is no")]
    [InlineData("""{"communityId":"1:LQU9qZlK+B5F3KDmev6m5PMibrg="}""", "seed")]
    [InlineData("""{"direction":"left"}""", "'direction'")]
    [InlineData("""{"offset":-1}""", "'offset'")]
    [InlineData("""{"offset":1.5}""", "'offset'")]
    [InlineData("""{"startSeen":"yes"}""", "'startSeen'")]
    [InlineData("""{"length":0}""", "'length'")]
    [InlineData("""{"length":1023}""", "less than the 1024 bytes sampled")]
    [InlineData("""{"handshake":"maybe"}""", "'handshake'")]
    [InlineData("""{"bytes":null}""", "either 'bytes' or 'histogram'")]
    [InlineData("""{"histogram":[1]}""", "not both")]
    [InlineData("""{"bytes":""}""", "at least one byte")]
    [InlineData("""{"bytes":17}""", "base64")]
    [InlineData("""{"bytes":"not base64!"}""", "not base64")]
    [InlineData("""{"bytes":"QUJD-_"}""", "not base64")]
    [InlineData("""{"bytes":null,"histogram":"1,2"}""", "array of 256")]
    [InlineData("""{"bytes":null,"histogram":[1,2,3]}""", "has 3 counts, not 256")]
    [InlineData("""{"bytes":null,"histogram":[1,-2,3]}""", "number 1")]
    [InlineData("""{"bytes":null,"histogram":[1,2,"3"]}""", "number 2")]
    [InlineData("""{"bytes":null,"histogram":[1,2,4294967296]}""", "number 2")]
    public void What_the_schema_forbids_is_a_dead_letter_that_says_what_is_wrong(string change, string named)
    {
        NetworkReading reading = NetworkReading.Of(Sample(change).ToJsonString());

        Assert.Contains(named, reading.Reason(), StringComparison.Ordinal);
        Assert.Equal(SourceNames.PayloadSample, reading.Letters[0].Source);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4294967295)]
    public void A_histogram_of_nothing_or_of_too_much_is_a_dead_letter(long count) =>
        Assert.Contains("add up", NetworkReading.Of(Sample($$"""{"bytes":null,"histogram":[{{string.Join(',', Enumerable.Repeat(count, 256))}}]}""").ToJsonString()).Reason(), StringComparison.Ordinal);

    /// <summary>A valid sample with some fields changed.</summary>
    private static JsonObject Sample(string change = "{}")
    {
        JsonObject sample = new()
        {
            ["cipherwatch"] = "payload-sample/1",
            ["time"] = "2026-03-02T10:15:30.123Z",
            ["sensor"] = "edge-1",
            ["srcIp"] = "10.20.0.7",
            ["srcPort"] = 49812,
            ["dstIp"] = "203.0.113.50",
            ["dstPort"] = 8443,
            ["protocol"] = "tcp",
            ["direction"] = "out",
            ["offset"] = 0,
            ["startSeen"] = true,
            ["length"] = 1460,
            ["bytes"] = Convert.ToBase64String(Ciphertext),
        };
        foreach ((string name, JsonNode? value) in JsonNode.Parse(change)!.AsObject())
        {
            sample[name] = value?.DeepClone();
        }

        return sample;
    }

    private static byte[] RandomBytes(int length)
    {
        byte[] bytes = new byte[length];
        new Random(20260302).NextBytes(bytes);
        return bytes;
    }
}
