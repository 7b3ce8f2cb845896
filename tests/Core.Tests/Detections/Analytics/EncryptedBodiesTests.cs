using System.Text;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Telemetry.Captures;
using CipherWatch.Core.Telemetry.Formats;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Tests.Randomness;
using CipherWatch.Core.Tests.Randomness.Encodings;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Detections.Analytics;

/// <summary>Ciphertext inside a recognised protocol, from captured bytes to the detection.</summary>
public class EncryptedBodiesTests
{
    private const string Post = "POST /a HTTP/1.1\r\nHost: b\r\n";
    private const string Answer = "HTTP/1.1 200 OK\r\nServer: c\r\n";
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_implant_that_posts_ciphertext_is_one_finding_as_strong_as_a_raw_one()
    {
        Detection found = Assert.Single(Detect(Repeat(4, at => Flow(
            at, Message(Post, SampleBytes.Cipher(300, at)), Message(Answer, SampleBytes.Cipher(500, 90 + at))))));

        Assert.Equal("AN0404", found.AnalyticId);
        Assert.Equal(Severity.High, found.Severity);
        Assert.Contains(found.Evidence, piece => piece is { Kind: "encryptedBodies", Weight: 45 });
    }

    [Fact]
    public void Pages_around_the_bodies_do_not_cancel_them()
    {
        CapturedFlow[] pages = Repeat(3, at => Flow(20 + at, Message("GET /b HTTP/1.1\r\n", []), Message(Answer, SampleBytes.English(900, at))));
        CapturedFlow[] bodies = Repeat(3, at => Flow(
            at, Message(Post, SampleBytes.Cipher(300, at)), Message(Answer + "Content-Type: text/html\r\n", SampleBytes.Json(400, at))));

        EvidencePiece said = Assert.Single(Assert.Single(Detect([.. pages, .. bodies])).Evidence, piece => piece.Kind == "encryptedBodies");
        Assert.Contains("on 3 flow(s)", said.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Ciphertext_in_letters_both_ways_is_medium_and_one_way_low()
    {
        Detection both = Assert.Single(Detect(Repeat(4, at => Flow(at, Message(Post, Base64(300, at)), Message(Answer, Base64(400, 50 + at))))));
        Detection one = Assert.Single(Detect(Repeat(4, at => Flow(at, Message(Post, Base64(300, at)), Message(Answer, SampleBytes.English(90, at))))));

        Assert.Equal(Severity.Medium, both.Severity);
        Assert.Equal(Severity.Low, one.Severity);
    }

    [Fact]
    public void What_the_header_says_falsely_weighs_as_what_it_does_not_say()
    {
        string page = Answer + "Content-Type: text/html\r\n";
        Detection found = Assert.Single(Detect(Repeat(3, at => Flow(at, Message("GET /b HTTP/1.1\r\n", []), Message(page, SampleBytes.Cipher(700, at))))));

        Assert.True(found.Severity >= Severity.Medium);
    }

    [Theory]
    [InlineData("Content-Type: video/mp4\r\n")]
    [InlineData("Content-Encoding: br\r\n")]
    [InlineData("Content-Range: bytes 5-9/20\r\n")]
    public void What_the_header_explains_is_nothing(string header) =>
        Assert.Empty(Detect(Repeat(6, at => Flow(at, Message("GET /b HTTP/1.1\r\n", []), Message(Answer + header, SampleBytes.Cipher(2000, at))))));

    [Fact]
    public void Encrypted_files_that_are_only_fetched_are_low_and_one_is_nothing()
    {
        CapturedFlow[] fetched = Repeat(6, at => Flow(at, Message("GET /b HTTP/1.1\r\n", []), Message(Answer, SampleBytes.Cipher(2000, at))));

        Assert.Equal(Severity.Low, Assert.Single(Detect(fetched)).Severity);
        Assert.Empty(Detect(fetched[..1]));
    }

    [Fact]
    public void Frames_of_a_WebSocket_are_bodies()
    {
        const string Upgrade = "GET /chat HTTP/1.1\r\nUpgrade: websocket\r\n";
        const string Switching = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n";

        Assert.Single(Detect(Repeat(3, at => Flow(at, Message(Upgrade, Frame(true, at)), Message(Switching, Frame(false, 40 + at))))));
    }

    [Fact]
    public void Ciphertext_in_pipes_of_SMB_is_a_finding_and_files_of_a_share_are_not()
    {
        Assert.True(Assert.Single(Detect(Repeat(3, at => Pipe(at, @"\\10.1.0.9\IPC$", 2)))).Severity >= Severity.Medium);
        Assert.Empty(Detect(Repeat(6, at => Pipe(at, @"\\10.1.0.9\backup", 1))));
    }

    [Fact]
    public void Ciphertext_that_MQTT_publishes_is_a_finding_and_readings_are_not()
    {
        Assert.Single(Detect(Repeat(3, at => Publishing(at, SampleBytes.Cipher(400, at)))));
        Assert.Empty(Detect(Repeat(6, at => Publishing(at, SampleBytes.Json(400, at)))));
    }

    [Property(MaxTest = 40)]
    public bool Order_and_duplicates_do_not_matter(int seed)
    {
        CapturedFlow[] flows = Repeat(5, at => Flow(at, Message(Post, SampleBytes.Cipher(200 + at, seed + at)), Message(Answer, SampleBytes.English(300, at))));
        CapturedFlow[] shuffled = [.. flows, .. flows];
        new Random(seed).Shuffle(shuffled);

        return Texts(Detect(flows)).SequenceEqual(Texts(Detect(shuffled)));
    }

    private static IEnumerable<string> Texts(IEnumerable<Detection> found) =>
        found.SelectMany(detection => detection.Evidence.Select(piece => $"{detection.DetectionId} {piece}"));

    private static byte[] Base64(int length, int seed) => Encoding.ASCII.GetBytes(Convert.ToBase64String(SampleBytes.Cipher(length, seed)));

    private static byte[] Frame(bool masked, int seed)
    {
        byte[] content = SampleBytes.Cipher(120, seed);
        byte[] key = SampleBytes.Cipher(4, 1000 + seed);
        return masked ? [0x82, 0x80 | 120, .. key, .. content.Select((value, at) => (byte)(value ^ key[at % 4]))] : [0x82, 120, .. content];
    }

    private static byte[] Message(string header, byte[] body)
    {
        string length = body.Length > 0 && !header.Contains("Upgrade", StringComparison.Ordinal) ? $"Content-Length: {body.Length}\r\n" : string.Empty;
        return [.. Encoding.ASCII.GetBytes($"{header}{length}\r\n"), .. body];
    }

    private static CapturedFlow[] Repeat(int count, Func<int, CapturedFlow> flow) => [.. Enumerable.Range(0, count).Select(flow)];

    private static CapturedFlow Pipe(int number, string share, byte kind) => Flow(
        number,
        new PipeBytes().Negotiated().AsksFor(share).Writes(5, SampleBytes.Cipher(300, number)).Bytes,
        new PipeBytes().Negotiated(answer: true).Connects(5, kind).Reads(5, SampleBytes.Cipher(500, 50 + number)).Bytes,
        "smb",
        445,
        "10.1.0.9");

    private static CapturedFlow Publishing(int number, byte[] content) => Flow(
        number, [.. MqttMessagesTests.Connect(4), .. MqttMessagesTests.Publish("r/1", content, 0, null)], [0x20, 2, 0, 0], "mqtt", 1883);

    private static CapturedFlow Flow(
        int number, byte[] sent, byte[] answered, string? application = "http", ushort port = 80, string destination = "203.0.113.9") => new()
        {
            Number = number,
            Start = Noon.AddMinutes(number),
            Out = new() { FirstBytes = sent, PayloadBytes = sent.Length, StartSeen = true },
            In = new() { FirstBytes = answered, PayloadBytes = answered.Length, StartSeen = true },
            Flow = new()
            {
                SrcIp = IpAddress.Parse("10.1.0.5"),
                SrcPort = (ushort)(50_000 + number),
                DstIp = IpAddress.Parse(destination),
                DstPort = port,
                Protocol = Protocols.Tcp,
                InitiatorKnown = true,
                Handshake = Handshake.None,
                Application = application,
                BytesOut = sent.Length,
                BytesIn = answered.Length,
            },
        };

    private static IReadOnlyList<Detection> Detect(CapturedFlow[] flows)
    {
        LocalPipeline pipeline = new(DetectionSettings.Default, 100);
        RecordContext context = new(pipeline, new IngestionCounts(), FormatTable.Index);
        foreach (CapturedFlow flow in flows)
        {
            CaptureObservations.Emit(flow, flow.Score(), context);
        }

        return pipeline.Finish().Detections;
    }

    [Fact]
    public void What_the_bodies_are_is_said_with_how_many_which_way_and_what_would_explain_them()
    {
        Assert.Equal(
            (45, "Bodies inside a recognised protocol are indistinguishable from random on 4 flow(s), both ways: 8 sample(s), 3200 bytes, score at least 7.71 of 8; "
                + "no type or encoding explains that"),
            Says(at => Flow(at, Message(Post, SampleBytes.Cipher(300, at)), Message(Answer, SampleBytes.Cipher(500, 90 + at)))));
        Assert.Equal(
            (36, "Bodies inside a recognised protocol are indistinguishable from random on 4 flow(s), both ways: 8 sample(s), 2800 bytes, score at least 7.72 of 8; "
                + "8 written in letters, as base64 or hexadecimal"),
            Says(at => Flow(at, Message(Post, Base64(300, at)), Message(Answer, Base64(400, 50 + at)))));
        Assert.StartsWith("sent only", Way(at => Flow(at, Message(Post, Base64(300, at)), Message(Answer, SampleBytes.English(90, at)))), StringComparison.Ordinal);
        Assert.StartsWith("fetched only", Way(at => Flow(at, Message("GET /b HTTP/1.1\r\n", []), Message(Answer, Base64(300, at)))), StringComparison.Ordinal);

        // Whichever end of the flow has the smaller address.
        Assert.StartsWith("sent only", Way(at => Flow(at, Message(Post, Base64(300, at)), Message(Answer, SampleBytes.English(90, at)), destination: "9.1.0.1")), StringComparison.Ordinal);
        string page = Answer + "Content-Type: text/html\r\n";
        Assert.EndsWith(
            "; 4 said to be text, or files of a kind, which they are not",
            Says(at => Flow(at, Message("GET /b HTTP/1.1\r\n", []), Message(page, SampleBytes.Cipher(700, at)))).Detail, StringComparison.Ordinal);

        static string Way(Func<int, CapturedFlow> flow) => Says(flow).Detail.Split("flow(s), ")[1];
        static (int Weight, string Detail) Says(Func<int, CapturedFlow> flow) =>
            Assert.Single(Assert.Single(Detect(Repeat(4, flow))).Evidence, piece => piece.Kind == "encryptedBodies") is var piece ? (piece.Weight, piece.Detail) : default;
    }

    [Fact]
    public void Raw_ciphertext_beside_bodies_that_are_weak_evidence_makes_the_port_count()
    {
        CapturedFlow[] weak = Repeat(4, at => Flow(at, Message(Post, Base64(300, at)), Message(Answer, SampleBytes.English(90, at))));
        CapturedFlow raw = Flow(9, SampleBytes.Cipher(900, 7), SampleBytes.Cipher(900, 8), application: null);

        Assert.DoesNotContain(Assert.Single(Detect(weak)).Evidence, piece => piece.Kind == "expectedEncryptionAbsent");
        Assert.Contains(Assert.Single(Detect([.. weak, raw])).Evidence, piece => piece.Kind == "expectedEncryptionAbsent");
    }
}
