using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Tests.Detections.Evidence;

/// <summary>What a piece of evidence says, and what share of its kind's weight it has: of a hundred, so that no rounding hides a percent.</summary>
public class EvidenceDetailTests
{
    private const string Python = "/usr/bin/python3.11";
    private const string Crypto = "/usr/lib/x86_64-linux-gnu/libcrypto.so.3";

    [Fact]
    public void Of_a_windows_program() => AssertSays(
        (
            Windows(@"C:\Users\ana\Downloads\update.exe").OwnImage(false).Connects(), "unsignedImage", 100,
            @"C:\Users\ana\Downloads\update.exe carries no valid signature"),
        (
            Windows(@"C:\Program Files\Stock\scan.exe").OwnImage(false).Connects("10.20.0.31", times: 8), "unsignedImage", 20,
            @"C:\Program Files\Stock\scan.exe carries no valid signature, but is installed and connects to private addresses only"),
        (
            Windows(@"C:\Program Files\Stock\scan.exe").OwnImage(false).Connects("10.20.0.31").Connects(local: 51_000), "unsignedImage", 100,
            @"C:\Program Files\Stock\scan.exe carries no valid signature"),
        (
            Windows(@"C:\Users\ana\Downloads\update.exe").OwnImage(false).Connects(), "userWritableImage", 125,
            @"C:\Users\ana\Downloads\update.exe lies where any user may write and nothing is installed"),
        (
            Windows(@"C:\ProgramData\x\x.exe").OwnImage(false).Connects(), "userWritableImage", 100,
            @"C:\ProgramData\x\x.exe lies where any user may write"),
        (
            Windows(@"C:\Users\ana\Downloads\update.exe").OwnImage(true, "Acme Ltd").Connects(), "userWritableSigned", 100,
            @"C:\Users\ana\Downloads\update.exe lies where any user may write, signed by Acme Ltd"),
        (
            Windows(@"C:\Windows\System32\notepad.exe").OwnImage(true, "Microsoft Windows").Connects(), "unexpectedProgram", 100,
            "notepad.exe has no business on the network"),
        (
            Windows(@"C:\Windows\System32\cscript.exe", @"C:\Windows\CCM\CcmExec.exe").OwnImage(true, "Microsoft Windows").Loads("ncryptsslp.dll")
                .Connects("10.20.0.30"), "unexpectedProgram", 20,
            @"cscript.exe runs scripts of others; on the network it speaks for one of them; C:\Windows\CCM\CcmExec.exe, a management agent, started it"),
        (
            Windows(@"C:\Tools\node.exe").OwnImage(true, "OpenJS Foundation").Connects(port: 443), "ownTls", 100,
            "node.exe has TLS (inside, signed by OpenJS Foundation) and calls ports of TLS, or of databases inside: low, until payload says otherwise"));

    [Fact]
    public void Of_a_linux_program() => AssertSays(
        (Linux("/dev/shm/agent").Connects(), "userWritableImage", 100, "/dev/shm/agent lies where any user may write, and where nothing is installed"),
        (Linux("/home/kim/go/bin/tool").Connects(), "userWritableImage", 20, "/home/kim/go/bin/tool lies where any user may write"),
        (Linux("memfd:agent (deleted)").Connects(), "memoryImage", 100, "memfd:agent (deleted) is in memory only"),
        (Linux("/usr/bin/bash").Connects(), "shellConnects", 100, "bash holds a connection itself"),
        (Linux("/usr/bin/socat").Connects(), "unexpectedProgram", 100, "socat hands on what others send through it"),
        (
            Linux(Python, "python3 /home/kim/report.py").Connects(), "unexpectedProgram", 20,
            "python3.11 runs /home/kim/report.py, which lies where any user may write"),
        (Linux(Python, "python3 report.py").Connects(), "unexpectedProgram", 20, "python3.11 runs report.py, which is not installed"),
        (Linux(Python, "python3 /tmp/a.py").Connects(), "unexpectedProgram", 100, "python3.11 runs /tmp/a.py, which is not installed"),
        (Linux(Python, "python3 -c x").Connects(), "unexpectedProgram", 100, "python3.11 runs code from its command line or input"));

    [Fact]
    public void Of_a_macos_program() => AssertSays(
        (
            Mac("/Applications/Tool.app/Contents/MacOS/Tool").StartedSigned(true, "AAAAAAAAAA/tool")
                .Connects(port: 80, handshake: Handshake.None, sent: 9, received: 9).Connects(handshake: Handshake.None, sent: 9, received: 9)
                .Connects(port: 8445, handshake: Handshake.None, sent: 9, received: 9), "noTlsOnChannel", 60,
            "The system's log shows bytes on the connection to 203.0.113.9:8444, and no TLS"),
        (
            Mac("/Users/Shared/agent").StartedSigned(false).Connects(handshake: Handshake.None, sent: 0, received: 1), "noTlsOnChannel", 100,
            "The system's log shows bytes on the connection to 203.0.113.9:8444, and no TLS"),
        (
            Mac("/opt/homebrew/bin/python3.12", "python3 /Users/kim/a.py").StartedSigned(false)
                .Connects(handshake: Handshake.None, sent: 9, received: 9), "unexpectedProgram", 20,
            "python3.12 runs /Users/kim/a.py, which is not installed"),
        (
            Mac("/usr/bin/osascript", "osascript -e x").StartedSigned(true, "Apple")
                .Connects(handshake: Handshake.None, sent: 9, received: 9), "unexpectedProgram", 100,
            "osascript runs code from its command line or input"));

    [Fact]
    public void Of_an_esxi_world() => AssertSays(
        (Esxi("sh").Connects("10.9.9.9"), "outsideManagement", 40, "10.9.9.9:8444 is an address that AllowedMgmtHosts does not list"),
        (
            Esxi("sh").Connects("10.9.9.9").Connects(local: 51_000), "outsideManagement", 100,
            "203.0.113.9:8444 is a public address that AllowedMgmtHosts does not list"),
        (Esxi("sh").Connects(), "unexpectedProgram", 100, "sh is no service of ESXi's that talks to others"),
        (Esxi("hostd").Connects(), "managementDaemon", 100, "hostd is of the host's management"));

    [Fact]
    public void Of_payload()
    {
        const string Random = "Payload is indistinguishable from random on ";
        PayloadScore xor = Scenario.Random() with { Verdict = PayloadVerdict.Xor, Score = 5, Z = -4, XorKeyLength = 8 };
        AssertSays(
            (
                new Scenario().Payload(Scenario.Random()), "encryptedNoHandshake", 100,
                Random + "1 flow(s): 1 sample(s), 512 bytes, score at least 7.95 of 8; the start of the flow was seen and holds no key exchange"),
            (
                new Scenario().Payload(Scenario.Random(), handshake: Handshake.Unseen), "encryptedHandshakeUnseen", 100,
                Random + "1 flow(s): 1 sample(s), 512 bytes, score at least 7.95 of 8; whether keys were exchanged was not seen"),
            (
                Datagrams(3), "encryptedNoHandshake", 40,
                Random + "3 flow(s): 3 sample(s), 3600 bytes, score at least 7.95 of 8; the start of the flow was seen and holds no key exchange; nobody answered"),
            (
                Datagrams(4), "encryptedNoHandshake", 100,
                Random + "4 flow(s): 4 sample(s), 4800 bytes, score at least 7.95 of 8; the start of the flow was seen and holds no key exchange"),
            (
                Datagrams(1).Payload(Scenario.Random(sampled: 1200), local: 50_000, seconds: 6), "encryptedNoHandshake", 100,
                Random + "1 flow(s): 2 sample(s), 2400 bytes, score at least 7.95 of 8; the start of the flow was seen and holds no key exchange"),
            (new Scenario().Payload(xor), "payloadXor", 100, "Payload under a repeating XOR key of 8 bytes, on 1 flow(s)"),
            (
                new Scenario().Payload(Scenario.Random() with { EcbRepeats = 6 }), "payloadEcb", 100,
                "6 repeated cipher blocks in one sample: a block cipher in ECB mode"),
            (new Scenario().Payload(Scenario.Random(), port: 500), "oddPort", 100, "500/tcp is on no port profile"));
    }

    [Fact]
    public void A_port_with_encryption_of_its_own_kind_takes_half_of_the_weight() => Assert.Equal(
        [
            (100, "Payload is"),
            (-50, "9000/tcp carries encryption of its own kind"),
        ],
        Assert.Single(new Scenario().Payload(Scenario.Random(), port: 9000).Found(Scenario.Settings(
            """{ "EvidenceWeights": { "encryptedNoHandshake": 100 }, "PortProfiles": { "9000/tcp": ["any"] } }""")))
            .Evidence.Where(evidence => evidence.Kind == "encryptedNoHandshake")
            .Select(evidence => (evidence.Weight, evidence.Weight > 0 ? evidence.Detail[..10] : evidence.Detail)));

    [Fact]
    public void A_sample_is_named_as_what_was_observed_and_a_load_with_its_gap()
    {
        Scenario scenario = new Scenario("/dev/shm/agent", TelemetryPlatform.Linux).Started().Loads(Crypto).Connects()
            .FlowRecord(Handshake.None).Payload(Scenario.Random());
        Detection detection = Assert.Single(scenario.Found(), found => found.Process is not null);
        Assert.Equal(
            [scenario.Observations.Single(observation => observation.Kind == ObservationKind.Payload).Id],
            Piece(detection, "encryptedNoHandshake").ObservationIds);
        Assert.Equal("Loads libcrypto.so.3; libcrypto.so.3 2 s from a connection", Piece(detection, "cryptoLoad").Detail);
        Assert.Equal(Scenario.Noon.AddSeconds(1), Piece(detection, "cryptoLoad").Time);
    }

    private static void AssertSays(params (Scenario Scenario, string Kind, int Weight, string Detail)[] stories) => Assert.All(stories, story =>
    {
        IReadOnlyList<Detection> found = story.Scenario.Found(Scenario.Settings($$"""{ "EvidenceWeights": { "{{story.Kind}}": 100 } }"""));
        EvidencePiece piece = Piece(found.FirstOrDefault(detection => detection.Process is not null) ?? Assert.Single(found), story.Kind);
        Assert.Equal((story.Weight, story.Detail), (piece.Weight, piece.Detail));
    });

    private static EvidencePiece Piece(Detection detection, string kind) => Assert.Single(detection.Evidence, evidence => evidence.Kind == kind);

    /// <summary>Single datagrams to which nobody answered.</summary>
    private static Scenario Datagrams(int count)
    {
        Scenario scenario = new() { Transport = Protocols.Udp };
        for (int flow = 0; flow < count; flow++)
        {
            ushort local = (ushort)(50_000 + flow);
            scenario.Payload(Scenario.Random(sampled: 1200), local: local).FlowRecord(Handshake.None, bytes: 1200, received: 0, local: local);
        }

        return scenario;
    }

    private static Scenario Windows(string image, string parent = @"C:\Windows\explorer.exe") => new Scenario(image).Started(parent).Loads("bcrypt.dll");

    private static Scenario Linux(string image, string? commandLine = null) =>
        new Scenario(image, TelemetryPlatform.Linux, commandLine).Started("/usr/bin/zsh").Calls("af_alg");

    private static Scenario Mac(string image, string? commandLine = null) => new(image, TelemetryPlatform.MacOs, commandLine);

    private static Scenario Esxi(string world) => new(world, TelemetryPlatform.Esxi);

    /// <summary>The strongest is what the card is called after: random before XOR, and XOR before ECB.</summary>
    [Theory]
    [InlineData(8, 6, true, "encrypted payload without a key exchange")]
    [InlineData(8, 6, false, "payload under a repeating XOR key")]
    [InlineData(0, 6, false, "payload in a block cipher's ECB mode")]
    [InlineData(0, 6, true, "encrypted payload without a key exchange")]
    public void A_card_is_called_after_the_strongest_payload(int xor, int ecb, bool random, string description)
    {
        PayloadScore other = new() { Length = 512, Sampled = 512, Score = 5, Z = -4, Verdict = xor > 0 ? PayloadVerdict.Xor : PayloadVerdict.Binary, XorKeyLength = xor, EcbRepeats = ecb };
        Scenario scenario = new Scenario().Payload(other);
        Detection detection = Assert.Single((random ? scenario.Payload(Scenario.Random(), local: 50_200) : scenario).Found());
        Assert.Equal($"10.1.0.5 sends {description} to 203.0.113.9:8444", detection.Title);
    }
}
