using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Tests.Detections.Analytics;

public class An0402MacOsTests
{
    private const string Implant = "/Users/Shared/.update/agent";
    private const string Chrome = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

    [Fact]
    public void A_launchd_job_that_nobody_vouches_for_on_a_channel_without_tls_is_found()
    {
        Detection detection = Assert.Single(Job().Found());

        Assert.Equal(("AN0402", "T1573", Severity.Medium), (detection.AnalyticId, detection.Technique, detection.Severity));
        Assert.Equal(
            [
                "bareConnect", "cryptoInsufficient", "launchdJob", "noTlsOnChannel", "oddPort", "payloadInsufficient", "unsignedImage",
                "userWritableImage",
            ],
            detection.Evidence.Select(evidence => evidence.Kind).Order());
        Assert.All(
            detection.Evidence.Where(evidence => evidence.Kind is "cryptoInsufficient" or "payloadInsufficient"),
            evidence => Assert.Equal(0, evidence.Weight));
    }

    [Fact]
    public void A_job_that_calls_itself_Apples_without_being_signed_by_it_is_found()
    {
        Detection detection = Assert.Single(Exec("com.apple.updater", signed: false, job: "gui/501/com.apple.updater"));

        Assert.Contains(detection.Evidence, evidence => evidence.Kind == "disguisedProgram");
        Assert.Contains(detection.Evidence, evidence => evidence.Kind == "launchdJob" && evidence.Detail.Contains("gui/501/com.apple.updater", StringComparison.Ordinal));
        Assert.DoesNotContain(Exec("com.example.updater", signed: false, job: null).SelectMany(found => found.Evidence), evidence => evidence.Kind is "disguisedProgram" or "launchdJob");
        Assert.DoesNotContain(Exec("com.apple.updater", signed: true, job: null).SelectMany(found => found.Evidence), evidence => evidence.Kind == "disguisedProgram");
    }

    [Fact]
    public void Its_benign_twins_are_not() => Assert.All(
        [
            Mac(Chrome).StartedSigned(true, "EQHXZ8M8AV/com.google.Chrome").Connects(port: 5228, times: 20, handshake: Handshake.None, sent: 900, received: 900),
            Mac("/System/Library/PrivateFrameworks/ApplePushService.framework/apsd").Connects(port: 5223, times: 20, handshake: Handshake.None, sent: 10, received: 10),
            Mac("/opt/homebrew/bin/syncthing", "syncthing serve").StartedSigned(false).Connects(port: 22000, times: 20, handshake: Handshake.Established, sent: 9000, received: 9000),
            Mac("/usr/bin/ssh", "ssh build").StartedSigned(true, "Apple/com.apple.openssh").Connects(port: 22, times: 20),
            Mac("/Users/kim/go/bin/tool", "tool -v").StartedSigned(false).Connects(port: 8081, times: 3),
        ],
        scenario => Assert.Empty(scenario.Found()));

    [Fact]
    public void A_channel_without_tls_by_a_signed_program_is_low_at_most() => Assert.DoesNotContain(
        Mac("/Applications/Tool.app/Contents/MacOS/Tool").StartedSigned(true, "AAAAAAAAAA/com.example.tool").Connects(handshake: Handshake.None, sent: 900, received: 900).Found(),
        detection => detection.Severity > Severity.Low);

    [Fact]
    public void Bytes_are_needed_for_the_lack_of_tls_and_plain_ports_have_none()
    {
        Scenario Of(ushort port, long? sent) => Mac(Implant).StartedSigned(false).Connects(port: port, handshake: Handshake.None, sent: sent, received: sent);

        Assert.NotEqual(0, Weight(Of(8444, 400).Found(), "noTlsOnChannel"));
        Assert.Empty(Of(8444, null).Found());
        Assert.Empty(Of(8444, 0).Found());
        Assert.Empty(Of(80, 400).Found());
    }

    [Fact]
    public void A_sensors_payload_makes_it_high()
    {
        IReadOnlyList<Detection> found = Mac(Implant).StartedSigned(false).Connects().Payload(Scenario.Random()).Found();

        Assert.Equal(Severity.High, found.Single(detection => detection.AnalyticId == "AN0402").Severity);
    }

    [Fact]
    public void Tls_by_the_systems_own_log_makes_it_asymmetric()
    {
        Detection detection = Assert.Single(Mac(Implant).StartedSigned(false).Connects(times: 8, handshake: Handshake.Established, sent: 400, received: 400).Found());

        Assert.Equal("T1573.002", detection.Technique);
        Assert.NotEqual(Severity.High, detection.Severity);
    }

    [Fact]
    public void A_cipher_that_an_agent_saw_called_counts()
    {
        Detection detection = Assert.Single(Mac(Implant).StartedSigned(false).Calls("CCCrypt").Connects().Found());

        Assert.Contains(detection.Evidence, evidence => evidence is { Kind: "cipherUse", Weight: 25 });
        Assert.DoesNotContain(detection.Evidence, evidence => evidence.Kind == "cryptoInsufficient");
    }

    [Fact]
    public void The_random_generator_that_is_named_after_a_cipher_is_none() =>
        Assert.Empty(Mac("/Applications/Tool.app/Contents/MacOS/Tool").StartedSigned(true, "AAAAAAAAAA/com.example.tool").Calls("arc4random_buf").Connects().Found());

    [Fact]
    public void A_destination_that_the_log_hides_is_still_one()
    {
        Detection detection = Assert.Single(Mac(Implant).StartedSigned(false).Connects("0.0.0.0", handshake: Handshake.None, sent: 400, received: 400).Found());

        Assert.Contains("a hidden address:8444", detection.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interpreter_is_judged_by_its_script()
    {
        Scenario Of(string commandLine) => Mac("/opt/homebrew/Cellar/python@3.12/3.12.4/bin/python3.12", commandLine)
            .StartedSigned(false, parent: "/bin/zsh").Connects(times: 9, handshake: Handshake.None, sent: 400, received: 400);

        Assert.Equal(Severity.Medium, Assert.Single(Of("python3 /tmp/agent.py").Found()).Severity);
        Assert.DoesNotContain(Of("python3 /Users/kim/work/server.py").Found(), detection => detection.Severity > Severity.Low);
    }

    [Fact]
    public void PayloadEntropyThreshold_is_live_and_comes_before_EntropyThreshold()
    {
        Scenario scenario = Mac("/usr/local/bin/tool").StartedSigned(true, "AAAAAAAAAA/tool").Connects().Payload(Scenario.Random(score: 7.5));
        bool Finds(string settings) => scenario.Found(Scenario.Settings(settings)).Any(detection => detection.AnalyticId == "AN0402");

        Assert.True(Finds("{}"));
        Assert.False(Finds("""{ "PayloadEntropyThreshold": 7.6 }"""));
        Assert.False(Finds("""{ "EntropyThreshold": 7.6 }"""));
        Assert.True(Finds("""{ "EntropyThreshold": 7.6, "PayloadEntropyThreshold": 7.2 }"""));
    }

    [Fact]
    public void DoHResolvers_is_live()
    {
        Scenario To(ushort port) => Mac(Implant).StartedSigned(false).Connects("1.1.1.1", port, times: 9, handshake: Handshake.Established, sent: 400, received: 400);

        Assert.Empty(To(443).Found());
        Assert.Single(To(443).Found(Scenario.Settings("""{ "DoHResolvers": [ "doh.example" ] }""")));
        Assert.Single(To(8443).Found());
        Assert.Empty(To(853).Found(Scenario.Settings("""{ "DoHResolvers": [ "1.1.1.0/24" ] }""")));
    }

    [Fact]
    public void AllowedCryptoProcesses_is_live_by_team_and_not_by_name()
    {
        DetectionSettings allow = Scenario.Settings("""{ "AllowedCryptoProcesses": [ { "image": "/*", "signer": "AAAAAAAAAA/*" } ] }""");
        Scenario Of(bool signed, string? signer) => Mac("/Applications/Tool.app/Contents/MacOS/Tool").StartedSigned(signed, signer).Connects().Payload(Scenario.Random());

        Assert.Contains(Of(true, "AAAAAAAAAA/tool").Found(), detection => detection.AnalyticId == "AN0402");
        Assert.DoesNotContain(Of(true, "AAAAAAAAAA/tool").Found(allow), detection => detection.AnalyticId == "AN0402");
        Assert.Contains(Of(true, "BBBBBBBBBB/tool").Found(allow), detection => detection.AnalyticId == "AN0402");
        Assert.Contains(Of(false, null).Found(allow), detection => detection.AnalyticId == "AN0402");
    }

    [Fact]
    public void CryptoModules_and_EvidenceWeights_are_live()
    {
        Scenario calls = Mac(Implant).StartedSigned(false).Calls("VendorCipher").Connects();

        Assert.Empty(calls.Found());
        Assert.Single(calls.Found(Scenario.Settings("""{ "CryptoModules": { "macos": [ "vendorcipher" ] } }""")));
        Assert.Empty(Job().Found(Scenario.Settings("""{ "EvidenceWeights": { "noTlsOnChannel": 0 } }""")));
    }

    private static Scenario Mac(string image, string? commandLine = null) => new(image, TelemetryPlatform.MacOs, commandLine);

    /// <summary>What launchd, Endpoint Security and the unified log say of a program under its number.</summary>
    private static IReadOnlyList<Detection> Exec(string signingId, bool signed, string? job)
    {
        Observation Of(ObservationKind kind, int ms, ProcessFields process, FlowFields? flow = null) => new()
        {
            Kind = kind,
            Source = SourceNames.EndpointSecurity,
            Platform = TelemetryPlatform.MacOs,
            Time = Scenario.Noon.AddMilliseconds(ms),
            Host = "mac1",
            Process = process with { Key = ProcessKey.FromPid("mac1", 700, startUnixMs: null), Pid = 700 },
            Flow = flow,
        };

        using LocalPipeline pipeline = new(DetectionSettings.Default, 100);
        if (job is not null)
        {
            pipeline.Receive(Of(ObservationKind.ProcessStart, 0, new() { ParentImage = "/sbin/launchd", Job = job }));
        }

        pipeline.Receive(Of(ObservationKind.ProcessStart, 30, new() { Image = Implant, ParentImage = "/usr/libexec/xpcproxy", CommandLine = Implant, Signed = signed, SigningId = signingId }));
        for (int call = 0; call < 10; call++)
        {
            pipeline.Receive(Of(ObservationKind.Connection, 1_000 + (call * 60_000), new() { Image = Implant }, new()
            {
                SrcIp = Scenario.Host,
                SrcPort = (ushort)(50_000 + call),
                DstIp = IpAddress.Parse("203.0.113.9"),
                DstPort = 8444,
                Protocol = 6,
                Direction = FlowDirection.Outbound,
                Handshake = Handshake.None,
                BytesOut = 400,
                BytesIn = 400,
            }));
        }

        return pipeline.Finish().Detections;
    }

    private static Scenario Job() => Mac(Implant).StartedSigned(false).Connects(handshake: Handshake.None, sent: 400, received: 900);

    private static int Weight(IReadOnlyList<Detection> found, string kind) =>
        Assert.Single(found).Evidence.FirstOrDefault(evidence => evidence.Kind == kind)?.Weight ?? 0;

    [Fact]
    public void What_is_allowed_by_its_signer_is_no_evidence_of_place_or_script()
    {
        DetectionSettings allow = Scenario.Settings("""{ "AllowedCryptoProcesses": [ { "image": "*", "signer": "TEAM/*" } ] }""");
        PayloadScore xor = Scenario.Random() with { Verdict = PayloadVerdict.Xor, Score = 5, Z = -9, XorKeyLength = 8 };
        Scenario Of(string image, string commandLine) => Mac(image, commandLine).StartedSigned(true, "TEAM/x", parent: "/bin/zsh").Connects().Payload(xor);

        Assert.All([Of("/Users/Shared/tool", "tool -v"), Of("/tmp/python3", "python3 /tmp/a.py")], scenario => Assert.Equal(
            ["cryptoInsufficient", "oddPort", "payloadXor"],
            scenario.Found(allow).Single(found => found.AnalyticId == "AN0402").Evidence.Select(evidence => evidence.Kind).Order()));
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(60.002, false)]
    public void A_bare_connection_tells_within_a_minute_of_the_start(double seconds, bool told) => Assert.Equal(
        told,
        Assert.Single(Mac(Implant).StartedSigned(false).Calls("CCCrypt").Connects(seconds: seconds).Found()).Evidence.Any(evidence => evidence.Kind == "bareConnect"));

    [Fact]
    public void A_program_where_nothing_is_installed_is_odd_though_nothing_is_known_of_its_signature() => Assert.Contains(
        Assert.Single(Mac(Implant).Started("/bin/zsh").Calls("CCCrypt").Connects().Found()).Evidence, evidence => evidence.Kind == "bareConnect");

    [Theory]
    [InlineData("/usr/lib/libboringssl.dylib", true)]
    [InlineData("/opt/homebrew/lib/libssl.3.dylib", true)]
    [InlineData("/opt/homebrew/lib/not-libssl", false)]
    public void A_library_of_tls_is_told_by_how_its_name_begins(string library, bool tls) => Assert.Equal(
        tls,
        Assert.Single(Mac(Implant).StartedSigned(false).Calls("CCCrypt").Calls(library).Connects().Found()).Evidence.Any(evidence => evidence.Kind == "tlsProvider"));

    [Fact]
    public void Infrastructure_is_no_suspect() => Assert.Empty(Mac(Implant).StartedSigned(false).Calls("CCCrypt").Connects(port: 53, times: 9).Found());

    [Fact]
    public void A_connection_from_before_the_start_is_no_first_one() => Assert.DoesNotContain(
        Assert.Single(Mac(Implant).StartedSigned(false).Calls("CCCrypt").Connects(seconds: -30).Found()).Evidence, evidence => evidence.Kind == "bareConnect");

    [Fact]
    public void The_lack_of_tls_says_something_only_where_the_start_was_seen()
    {
        Assert.NotEqual(0, Weight(Mac(Implant).StartedSigned(false).Calls("CCCrypt").Connects().Found(), "noTlsProvider"));
        Assert.Equal(0, Weight(Mac(Implant).Calls("CCCrypt").Connects().Found(), "noTlsProvider"));
    }
}
