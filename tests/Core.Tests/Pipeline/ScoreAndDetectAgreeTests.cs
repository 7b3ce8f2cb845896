using System.IO.Compression;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Flow;
using CipherWatch.Core.Telemetry.Captures;
using CipherWatch.Core.Telemetry.Formats;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Tests.Randomness;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Pipeline;

/// <summary>The verdict that <c>score</c> prints for a captured flow, and what <c>detect</c> says of the same flow.</summary>
public class ScoreAndDetectAgreeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] PayloadKinds = ["encryptedNoHandshake", "encryptedHandshakeUnseen", "payloadXor", "payloadEcb"];

    /// <summary>What a datagram, or a stream's first bytes, may hold.</summary>
    public enum Content
    {
        Random,
        Header,
        Deflate,
        English,
        Json,
        Xor,
        Ecb,
        Counter,
        Http,
    }

    /// <summary>A payload of a flow.</summary>
    public sealed record Part(Content Content, int Length, int Seed)
    {
        public byte[] Bytes() => Content switch
        {
            Content.Random => SampleBytes.Cipher(Length, Seed),
            Content.Header => [.. new byte[] { 0, 0, (byte)(Length >> 8), (byte)Length, 0, 1 }, .. SampleBytes.Cipher(Length, Seed)],
            Content.Deflate => Deflate(Length, Seed),
            Content.English => SampleBytes.English(Length, Seed),
            Content.Json => SampleBytes.Json(Length, Seed),
            Content.Xor => [.. SampleBytes.English(Length, Seed).Select((value, at) => (byte)(value ^ SampleBytes.Cipher(7, Seed)[at % 7]))],
            Content.Ecb => [.. Enumerable.Repeat(SampleBytes.Cipher(64, Seed), (Length / 64) + 1).SelectMany(block => block)],
            Content.Counter => [.. Enumerable.Range(0, Length).Select(at => (byte)(at / 4 * Seed))],
            _ => [.. "POST /a HTTP/1.1\r\nHost: b\r\n\r\n"u8, .. SampleBytes.Cipher(Length, Seed)],
        };

        private static byte[] Deflate(int length, int seed)
        {
            using MemoryStream memory = new();
            using (DeflateStream stream = new(memory, CompressionLevel.Fastest, leaveOpen: true))
            {
                stream.Write(SampleBytes.Json(length * 30, seed));
            }

            byte[] bytes = memory.ToArray();
            return bytes[Math.Min(bytes.Length / 2, 200)..Math.Min(bytes.Length, (bytes.Length / 2) + length)];
        }
    }

    public static class Flows
    {
        private static readonly int[] Lengths = [8, 31, 32, 40, 63, 64, 100, 200, 255, 256, 600, 1400];

        public static Arbitrary<Part[]> Direction() => Gen.OneOf(Mixed(), Alike()).ToArbitrary();

        private static Gen<Part> One() =>
            from content in Gen.Elements(Enum.GetValues<Content>())
            from length in Gen.Elements(Lengths)
            from seed in Gen.Choose(1, 100_000)
            select new Part(content, length, seed);

        private static Gen<Part[]> Mixed() => Gen.Choose(0, 6).SelectMany(count => One().ArrayOf(count));

        /// <summary>Datagrams of one kind, where the accumulated evidence decides.</summary>
        private static Gen<Part[]> Alike() =>
            from first in One()
            from count in Gen.Choose(1, 6)
            select Enumerable.Range(0, count).Select(at => first with { Seed = first.Seed + at }).ToArray();
    }

    [Property(MaxTest = 300, Arbitrary = [typeof(Flows)])]
    public bool On_datagrams(Part[] outward, Part[] inward) => Agree(Protocols.Udp, outward, inward);

    [Property(MaxTest = 300, Arbitrary = [typeof(Flows)])]
    public bool On_streams(Part[] outward, Part[] inward) => Agree(Protocols.Tcp, outward, inward);

    [Fact]
    public void Header_datagrams_do_not_make_random_bytes_compressed()
    {
        // A length and a command number in 32 bytes lean towards compression; 1,400 bytes of ciphertext behind each do not.
        Part[] parts = [.. Enumerable.Range(1, 4).Select(at => new Part(at % 2 == 1 ? Content.Header : Content.Random, at % 2 == 1 ? 26 : 1400, at))];

        Assert.Equal(PayloadVerdict.Encrypted, Flow(Protocols.Udp, parts, []).Score().Verdict);
        Assert.True(Agree(Protocols.Udp, parts, []));
    }

    private static bool Agree(byte protocol, Part[] outward, Part[] inward)
    {
        CapturedFlow flow = Flow(protocol, outward, inward);
        FlowScore score = flow.Score();
        IReadOnlyList<Detection> found = Detect(flow, score);
        bool detected = found.Any(detection => detection.Evidence.Any(evidence => PayloadKinds.Contains(evidence.Kind) && evidence.Weight > 0));
        return detected == score.Verdict is PayloadVerdict.Encrypted or PayloadVerdict.Xor;
    }

    private static IReadOnlyList<Detection> Detect(CapturedFlow flow, FlowScore score)
    {
        LocalPipeline pipeline = new(DetectionSettings.Default, 100);
        CaptureObservations.Emit(flow, score, new RecordContext(pipeline, new IngestionCounts(), FormatTable.Index));
        return pipeline.Finish().Detections;
    }

    private static CapturedFlow Flow(byte protocol, Part[] outward, Part[] inward) => new()
    {
        Number = 0,
        Start = Noon,
        Out = Direction(protocol, outward),
        In = Direction(protocol, inward),
        Flow = new()
        {
            SrcIp = IpAddress.Parse("10.1.0.5"),
            SrcPort = 50100,
            DstIp = IpAddress.Parse("203.0.113.9"),
            DstPort = 7000,
            Protocol = protocol,
            InitiatorKnown = true,
            Handshake = Handshake.None,
        },
    };

    private static CapturedDirection Direction(byte protocol, Part[] parts)
    {
        byte[][] payloads = [.. parts.Select(part => part.Bytes())];
        int length = payloads.Sum(payload => payload.Length);
        return protocol == Protocols.Tcp
            ? new() { FirstBytes = payloads.SelectMany(payload => payload).Take(4096).ToArray(), PayloadBytes = length, StartSeen = true }
            : new() { Datagrams = [.. payloads.Select(payload => (ReadOnlyMemory<byte>)payload)], PayloadBytes = length, StartSeen = true };
    }
}
