using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;

namespace CipherWatch.Core.Tests.Detections.Analytics;

public class An0401LinuxTests
{
    private const string Crypto = "/usr/lib/x86_64-linux-gnu/libcrypto.so.3";
    private const string Tls = "/usr/lib/x86_64-linux-gnu/libssl.so.3";
    private const string Gcrypt = "/usr/lib/x86_64-linux-gnu/libgcrypt.so.20";
    private const string RawAes = "/usr/lib/python3/dist-packages/Crypto/Cipher/_raw_aes.cpython-311-x86_64-linux-gnu.so";
    private const string Python = "/usr/bin/python3.11";

    [Fact]
    public void A_script_from_a_dropped_folder_with_a_cipher_of_its_own_is_found()
    {
        Detection detection = Assert.Single(PythonImplant().Found());

        Assert.Equal(("AN0401", "T1573.001", Severity.Medium), (detection.AnalyticId, detection.Technique, detection.Severity));
        Assert.Equal(TelemetryPlatform.Linux, detection.Platform);
        Assert.Equal(
            ["cipherUse", "noTlsProvider", "oddPort", "payloadInsufficient", "unexpectedProgram"],
            detection.Evidence.Select(evidence => evidence.Kind).Order());
    }

    [Fact]
    public void Its_benign_twin_is_not() => Assert.All(
        [
            Linux(Python, "/usr/bin/python3 /usr/bin/dnf makecache").Started("/usr/lib/systemd/systemd").Loads(Crypto).Loads(Tls).Connects(port: 80, times: 20),
            Linux(Python, "/usr/bin/python3 /usr/lib/python3/dist-packages/agent/main.py").Started().Loads(Crypto).Loads(Tls).Connects(port: 443, times: 20),
        ],
        scenario => Assert.Empty(scenario.Found()));

    [Fact]
    public void A_program_in_shared_memory_with_a_library_and_no_tls_is_found()
    {
        Detection detection = Assert.Single(Linux("/dev/shm/.agent").Started("/usr/bin/bash").Loads(Crypto).Connects().Found());

        Assert.Equal(Severity.Medium, detection.Severity);
        Assert.Contains(detection.Evidence, evidence => evidence is { Kind: "noTlsProvider", Weight: 20 });
    }

    [Fact]
    public void The_lack_of_tls_says_nothing_where_recording_began_after_the_process()
    {
        Detection detection = Assert.Single(Linux("/dev/shm/.agent").Loads(Crypto).Connects().Found());

        Assert.DoesNotContain(detection.Evidence, evidence => evidence.Kind == "noTlsProvider");
    }

    [Theory]
    [InlineData("/usr/bin/ps", Gcrypt)]
    [InlineData("/usr/bin/top", Gcrypt)]
    public void What_systemd_needs_says_nothing_of_a_program(string image, string library) =>
        Assert.Empty(Linux(image).Started().Loads(library).Loads("/usr/lib/x86_64-linux-gnu/libsystemd.so.0").Connects(times: 30).Found());

    [Theory]
    [InlineData("/usr/bin/ssh", "/lib/x86_64-linux-gnu/libcrypto.so.1.0.0")]
    [InlineData("/usr/bin/ssh", "/usr/lib/libcrypto.so.3")]
    [InlineData("/usr/bin/ssh", "/lib/libcrypto.so.3")]
    [InlineData("/usr/bin/ssh", "/usr/lib64/libcrypto.so.3")]
    [InlineData("/nix/store/q5pzcdzf5mkqbmf0xwnqzhnrcl7azcx1-openssh-9.7p1/bin/ssh", "/nix/store/1zy01hjzwvvia6h9dq5xar88v77fgh9x-openssl-3.0.14/lib/libcrypto.so.3")]
    [InlineData("/usr/lib/git-core/git-remote-https", "/usr/lib/x86_64-linux-gnu/libcrypto.so.3")]
    public void Ssh_and_its_kin_are_trusted_wherever_a_distribution_keeps_them(string image, string library)
    {
        Assert.Empty(Linux(image).Started("/usr/bin/bash").Loads(library).Connects(port: 8080, times: 23).Found());
        Assert.Empty(Linux(image).Started("/usr/bin/bash").Loads(library).Connects(port: 9999, times: 23).Found());
    }

    [Fact]
    public void A_name_is_no_trust() =>
        Assert.Equal(Severity.Medium, Assert.Single(Linux("/tmp/ssh").Started("/usr/bin/bash").Loads(Crypto).Connects(port: 8080).Found()).Severity);

    [Fact]
    public void A_plain_reverse_shell_is_not_this_technique()
    {
        Scenario Shell(int times) => Linux("/usr/bin/bash", "bash -i").Started("/usr/bin/bash").Connects("192.168.2.6", 443, times: times, sent: 183, received: 8);
        PayloadScore text = new() { Length = 183, Sampled = 183, Score = 3.1, Z = -15, Verdict = PayloadVerdict.Text };

        Assert.Empty(Shell(1).Found());
        Assert.Empty(Shell(30).Found());
        Assert.Empty(Shell(1).Payload(text, "192.168.2.6", 443).Found());
        Assert.Equal(
            ["AN0401", "AN0404"],
            Shell(1).Payload(Scenario.Random(), "192.168.2.6", 443).Found().Select(detection => detection.AnalyticId).Order());
    }

    [Fact]
    public void A_static_implant_shows_by_calling_one_place()
    {
        Assert.Equal(Severity.Medium, Assert.Single(Linux("/var/tmp/.sys/agent").Started("/usr/bin/cron").Connects(times: 8).Found()).Severity);
        Assert.Empty(Linux("/var/tmp/.sys/agent").Started("/usr/bin/cron").Connects(times: 7).Found());
        Assert.Empty(Linux("/usr/bin/agent").Started("/usr/lib/systemd/systemd").Connects(times: 40).Found());
    }

    [Theory]
    [InlineData("memfd:agent (deleted)", null, "memoryImage")]
    [InlineData("/tmp/agent (deleted)", null, "memoryImage")]
    [InlineData("/home/kim/.config/agent", null, "userWritableImage")]
    [InlineData("/dev/shm/kworker", "[kworker/0:1]", "disguisedProgram")]
    [InlineData("/var/tmp/sshd", null, "disguisedProgram")]
    public void What_a_program_hides_is_named(string image, string? commandLine, string kind) => Assert.Contains(
        Assert.Single(Linux(image, commandLine).Started("/usr/bin/bash").Loads(Crypto).Connects().Found()).Evidence,
        evidence => evidence.Kind == kind && evidence.Weight > 0);

    [Theory]
    [InlineData("/usr/sbin/charon (deleted)", null)]
    [InlineData("/tmp/.mount_AppXyz/usr/bin/app", null)]
    [InlineData("/home/kim/.vscode-server/bin/node", "node --max-old-space-size=4096 /home/kim/.vscode-server/bin/out/server-main.js")]
    [InlineData("/home/kim/work/.venv/bin/tool", null)]
    [InlineData("/usr/bin/python3.11", "python3 /home/kim/work/report.py")]
    [InlineData("/usr/bin/python3.11", "python3 report.py")]
    public void What_is_replaced_or_installed_by_a_user_is_no_more_than_low(string image, string? commandLine) => Assert.DoesNotContain(
        Linux(image, commandLine).Started("/usr/bin/bash").Loads(Crypto).Connects(times: 20).Found(), detection => detection.Severity > Severity.Low);

    [Fact]
    public void The_kernels_ciphers_count_unless_they_are_used_by_who_is_there_for_them()
    {
        Assert.Contains(
            Assert.Single(Linux("/dev/shm/agent").Started("/usr/bin/bash").Calls("af_alg").Connects().Found()).Evidence,
            evidence => evidence is { Kind: "cipherUse", Weight: 25 });
        Assert.Empty(Linux("/usr/sbin/cryptsetup").Started("/usr/bin/bash").Calls("af_alg").Connects(port: 9999, times: 9).Found());
    }

    [Fact]
    public void A_sensors_payload_makes_it_high_whichever_comes_first()
    {
        IReadOnlyList<Detection> after = PythonImplant().Payload(Scenario.Random()).Found();
        IReadOnlyList<Detection> before = Linux(Python, "/usr/bin/python3 /tmp/.x/agent.py").Payload(Scenario.Random()).Connects().Loads(RawAes).Started("/usr/bin/bash").Found();

        Assert.All([after, before], found =>
        {
            Detection detection = found.Single(detection => detection.AnalyticId == "AN0401");
            Assert.Equal(Severity.High, detection.Severity);
            Assert.Equal(detection.DetectionId, found.Single(other => other.AnalyticId == "AN0404").SupersededBy);
        });
    }

    [Fact]
    public void Keys_that_the_host_saw_exchanged_make_it_asymmetric()
    {
        Detection detection = Assert.Single(Linux("/dev/shm/agent").Started("/usr/bin/bash").Loads(Crypto).Connects(handshake: Handshake.Established).Found());

        Assert.Equal("T1573.002", detection.Technique);
        Assert.Contains(detection.Evidence, evidence => evidence.Kind == "tlsHandshake");
    }

    [Fact]
    public void TrustedCryptoLibs_is_live()
    {
        Scenario agent = Linux("/opt/vendor/agent").Started("/usr/lib/systemd/systemd").Loads(Crypto).Connects();
        DetectionSettings trusts = Scenario.Settings("""{ "TrustedCryptoLibs": [ { "process": "/opt/vendor/*", "library": "/usr/lib/*/libcrypto.so*" } ] }""");

        Assert.Equal(Severity.Low, Assert.Single(agent.Found()).Severity);
        Assert.Empty(agent.Found(trusts));
        Scenario ssh = Linux("/usr/bin/ssh").Started("/usr/bin/bash").Loads(Crypto).Connects();
        Assert.Empty(ssh.Found());
        Assert.Single(ssh.Found(trusts));
    }

    [Fact]
    public void No_pair_trusts_an_interpreter_or_what_users_can_write()
    {
        DetectionSettings all = Scenario.Settings("""{ "TrustedCryptoLibs": [ { "process": "*", "library": "*" } ] }""");

        Assert.Equal(Weight(PythonImplant().Found(), "cipherUse"), Weight(PythonImplant().Found(all), "cipherUse"));
        Assert.Equal(15, Weight(Linux("/tmp/agent").Started("/usr/bin/bash").Loads(Crypto).Connects().Found(all), "cryptoLoad"));
        Assert.Equal(15, Weight(Linux("/usr/bin/agent").Started("/usr/bin/bash").Loads("/tmp/libcrypto.so.3").Connects().Found(all), "cryptoLoad"));
        Assert.Empty(Linux("/usr/bin/agent").Started("/usr/bin/bash").Loads(Crypto).Connects().Found(all));
    }

    [Fact]
    public void TrafficAsymmetryRatio_is_live_and_only_adds()
    {
        Scenario uploads = Linux("/opt/vendor/agent").Started("/usr/lib/systemd/systemd").Loads(Crypto).Connects(sent: 40_000, received: 10_000);

        Assert.Equal(15, Weight(uploads.Found(), "asymmetricTraffic"));
        Assert.Equal(Severity.Medium, Assert.Single(uploads.Found()).Severity);
        Assert.Equal(Severity.Low, Assert.Single(uploads.Found(Scenario.Settings("""{ "TrafficAsymmetryRatio": 4.1 }"""))).Severity);
        Assert.Empty(Linux("/opt/vendor/agent").Started("/usr/lib/systemd/systemd").Connects(sent: 400_000, received: 10).Found());
    }

    [Fact]
    public void Asymmetry_is_of_a_window_and_of_enough_bytes_whoever_counted_them()
    {
        Scenario Agent() => Linux("/opt/vendor/agent").Started("/usr/lib/systemd/systemd").Loads(Crypto);
        Scenario few = Agent().Connects(sent: 2000, received: 100);
        Scenario apart = Agent().Connects(sent: 2000, received: 100).Connects(sent: 2000, received: 100, seconds: 4000, local: 51000);
        Scenario together = Agent().Connects(sent: 2000, received: 100).Connects(sent: 2000, received: 100, seconds: 400, local: 51000);
        Scenario sensor = Agent().Connects().FlowRecord(Handshake.None, bytes: 50_000, received: 100);

        Assert.All([few, apart], scenario => Assert.Equal(0, Weight(scenario.Found(), "asymmetricTraffic")));
        Assert.All([together, sensor], scenario => Assert.Equal(15, Weight(scenario.Found(), "asymmetricTraffic")));
        Assert.Equal(15, Weight(apart.Found(Scenario.Settings("""{ "TimeWindow": "02:00:00" }""")), "asymmetricTraffic"));
    }

    [Fact]
    public void CryptoModules_is_live()
    {
        Scenario own = Linux("/opt/vendor/agent").Started("/usr/lib/systemd/systemd").Loads("/opt/vendor/libvendorcrypt.so").Connects();

        Assert.Empty(own.Found());
        Assert.Equal(7, Weight(own.Found(Scenario.Settings("""{ "CryptoModules": { "linux": [ { "name": "libvendorcrypt*", "weight": 50 } ] }, "EvidenceWeights": { "oddPort": 20 } }""")), "cryptoLoad"));
        Assert.Empty(Linux("/opt/vendor/agent").Started("/usr/lib/systemd/systemd").Loads(Crypto).Connects().Found(Scenario.Settings("""{ "CryptoModules": { "linux": [] } }""")));
    }

    [Fact]
    public void AllowedCryptoProcesses_is_live_and_never_covers_xor()
    {
        DetectionSettings allow = Scenario.Settings("""{ "AllowedCryptoProcesses": [ "/opt/vendor/*" ] }""");
        Scenario random = Linux("/opt/vendor/agent").Started("/usr/lib/systemd/systemd").Loads(Crypto).Connects().Payload(Scenario.Random());
        Scenario xor = Linux("/opt/vendor/agent").Started("/usr/lib/systemd/systemd").Connects()
            .Payload(Scenario.Random() with { Verdict = PayloadVerdict.Xor, XorKeyLength = 9, Score = 5.0, Z = -9 });

        Assert.Contains(random.Found(), detection => detection is { AnalyticId: "AN0401", Severity: Severity.High });
        Assert.DoesNotContain(random.Found(allow), detection => detection.AnalyticId == "AN0401");
        Assert.Contains(xor.Found(allow), detection => detection.AnalyticId == "AN0401");
    }

    [Fact]
    public void EntropyThreshold_is_live()
    {
        Scenario scenario = Linux("/usr/bin/agent").Started("/usr/lib/systemd/systemd").Connects().Payload(Scenario.Random(score: 7.5));

        Assert.Contains(scenario.Found(), detection => detection.AnalyticId == "AN0401");
        Assert.Empty(scenario.Found(Scenario.Settings("""{ "EntropyThreshold": 7.6 }""")));
    }

    [Fact]
    public void TimeWindow_is_live()
    {
        Scenario late = Linux("/dev/shm/agent").Started("/usr/bin/bash").Loads(Crypto, seconds: 0).Connects(seconds: 700);

        Assert.Equal(8, Weight(late.Found(), "cryptoLoadEarlier"));
        Assert.Equal(15, Weight(late.Found(Scenario.Settings("""{ "TimeWindow": "00:12:00" }""")), "cryptoLoad"));
    }

    [Fact]
    public void DoHResolvers_exempts_a_resolver_in_tls_and_nothing_else()
    {
        Scenario To(ushort port, Handshake handshake) => Linux("/dev/shm/agent").Started("/usr/bin/bash").Loads(Crypto).Connects("9.9.9.9", port, handshake: handshake);

        Assert.Empty(To(443, Handshake.Established).Found());
        Assert.Single(To(443, Handshake.Established).Found(Scenario.Settings("""{ "DoHResolvers": [] }""")));
        Assert.Single(To(443, Handshake.None).Found());
        Assert.Single(To(8443, Handshake.Established).Found());
    }

    private static Scenario Linux(string image, string? commandLine = null) => new(image, TelemetryPlatform.Linux, commandLine);

    private static Scenario PythonImplant() =>
        Linux(Python, "/usr/bin/python3 /tmp/.x/agent.py").Started("/usr/bin/bash").Loads(RawAes).Connects();

    private static int Weight(IReadOnlyList<Detection> found, string kind) =>
        Assert.Single(found, detection => detection.AnalyticId == "AN0401").Evidence.FirstOrDefault(evidence => evidence.Kind == kind)?.Weight ?? 0;

    [Fact]
    public void What_is_allowed_to_a_users_program_by_its_signer_is_no_evidence_of_place_or_library()
    {
        DetectionSettings allow = Scenario.Settings("""{ "AllowedCryptoProcesses": [ { "image": "/home/kim/*", "signer": "Team" } ] }""");
        Detection detection = Linux("/home/kim/tool").StartedSigned(true, "Team").Loads(Crypto).Connects().Payload(Xor).Found(allow).Single(found => found.AnalyticId == "AN0401");

        Assert.Equal(["allowedProcess", "oddPort", "payloadXor"], detection.Evidence.Select(evidence => evidence.Kind).Order());
        Assert.DoesNotContain(
            Linux("/home/kim/tool").StartedSigned(true, "Team").Connects().Payload(Xor).Found(allow).SelectMany(found => found.Evidence),
            evidence => evidence.Kind == "allowedProcess");
    }

    [Fact]
    public void One_library_that_is_trusted_is_named_and_weighs_nothing()
    {
        Detection detection = Linux("/usr/bin/ssh").Started("/usr/bin/zsh").Loads(Crypto).Connects().Payload(Scenario.Random()).Found()
            .Single(found => found.AnalyticId == "AN0401");

        Assert.Contains(detection.Evidence, evidence => evidence is
        {
            Kind: "trustedLibrary",
            Weight: 0,
            Detail: "Loads libcrypto.so.3, with which TrustedCryptoLibs trusts /usr/bin/ssh",
        });
        Assert.DoesNotContain(detection.Evidence, evidence => evidence.Kind == "cryptoLoad");
    }

    [Fact]
    public void An_interpreter_or_a_shell_that_calls_one_place_is_no_suspect_by_that()
    {
        Scenario Of(string image, string commandLine) => Linux(image, commandLine).Started("/usr/bin/bash").Connects(times: 9);

        Assert.Single(Of("/tmp/agent", "/tmp/agent").Found());
        Assert.Empty(Of(Python, "python3 /tmp/a.py").Found());
        Assert.Empty(Of("/usr/bin/zsh", "zsh").Found());
    }

    [Fact]
    public void Beside_systemds_library_only_libgcrypt_says_nothing()
    {
        Scenario With(string library) =>
            Linux("/dev/shm/agent").Started("/usr/bin/bash").Loads(library).Loads("/usr/lib/x86_64-linux-gnu/libsystemd.so.0").Connects();

        Assert.Equal(15, Weight(With(Crypto).Found(), "cryptoLoad"));
        Assert.Empty(With(Gcrypt).Found());
    }

    private static PayloadScore Xor => Scenario.Random() with { Verdict = PayloadVerdict.Xor, Score = 5, Z = -9, XorKeyLength = 8 };

    [Fact]
    public void A_cipher_that_weighs_nothing_is_no_cryptography() => Assert.Empty(
        Linux("/dev/shm/agent").Started("/usr/bin/bash").Calls("af_alg").Connects().Found(Scenario.Settings("""{ "EvidenceWeights": { "cipherUse": 0 } }""")));

    [Fact]
    public void Infrastructure_is_no_suspect() => Assert.Empty(Linux("/dev/shm/agent").Started("/usr/bin/bash").Loads(Crypto).Connects(port: 53, times: 9).Found());
}
