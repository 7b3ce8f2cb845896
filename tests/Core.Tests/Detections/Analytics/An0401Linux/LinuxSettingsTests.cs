using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using static CipherWatch.Core.Tests.Detections.Analytics.An0401Linux.LinuxScenarios;

namespace CipherWatch.Core.Tests.Detections.Analytics.An0401Linux;

/// <summary>Each setting changes what is found on Linux, both ways.</summary>
public class LinuxSettingsTests
{
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
    public void A_cipher_that_weighs_nothing_is_no_cryptography() => Assert.Empty(
        Linux("/dev/shm/agent").Started("/usr/bin/bash").Calls("af_alg").Connects().Found(Scenario.Settings("""{ "EvidenceWeights": { "cipherUse": 0 } }""")));
}
