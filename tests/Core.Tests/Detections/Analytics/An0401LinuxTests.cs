using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using static CipherWatch.Core.Tests.Detections.Analytics.An0401Linux.LinuxScenarios;

namespace CipherWatch.Core.Tests.Detections.Analytics;

/// <summary>What is found on Linux by the shipped settings, and what is not.</summary>
public class An0401LinuxTests
{
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

    [Fact]
    public void Infrastructure_is_no_suspect() => Assert.Empty(Linux("/dev/shm/agent").Started("/usr/bin/bash").Loads(Crypto).Connects(port: 53, times: 9).Found());
}
