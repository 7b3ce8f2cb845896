using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Tests.Detections.Analytics;

public class An0403EsxiTests
{
    [Fact]
    public void A_program_that_is_no_service_and_talks_to_a_public_address_is_found()
    {
        Detection detection = Assert.Single(Esxi("python").Connects().Found());

        Assert.Equal(("AN0403", "T1573", Severity.Medium), (detection.AnalyticId, detection.Technique, detection.Severity));
        Assert.Equal(
            ["cryptoInsufficient", "oddPort", "outsideManagement", "payloadInsufficient", "unexpectedProgram"],
            detection.Evidence.Select(evidence => evidence.Kind).Order());
    }

    [Fact]
    public void What_every_host_does_is_not() => Assert.All(
        [
            Esxi("hostd").Connects("10.0.0.2", 443, times: 50).Connects("10.0.0.3", 902, local: 51000, times: 50),
            Esxi("vpxa-worker").Connects("10.0.0.2", 902, times: 50).Connects("10.0.0.2", 443, local: 51000, times: 9),
            Esxi("ntpd").Connects("198.51.100.4", 123, times: 50),
            Esxi("vmkernel").Connects("10.0.0.9", 3260, times: 9).Connects("10.0.0.8", 8000, local: 51000, times: 9),
            Esxi("vmsyslogd").Connects("10.0.0.7", 1514, times: 50),
            Esxi("python").Connects("127.0.0.1", 9996, times: 50),
            Esxi("vmx-vcpu-0:web").Connects("198.51.100.9", 443, times: 50),
        ],
        scenario => Assert.Empty(scenario.Found()));

    [Theory]
    [InlineData("python", "203.0.113.9", Severity.Medium)]
    [InlineData("hostd", "203.0.113.9", Severity.Medium)]
    [InlineData("sh", "10.9.9.9", Severity.Medium)]
    public void The_world_and_the_address_make_the_weight(string world, string ip, Severity severity) =>
        Assert.Equal(severity, Assert.Single(Esxi(world).Connects(ip).Found()).Severity);

    [Fact]
    public void A_daemon_on_its_own_port_to_a_public_address_is_low() =>
        Assert.Equal(Severity.Low, Assert.Single(Esxi("hostd").Connects("198.51.100.7", 443).Found()).Severity);

    [Fact]
    public void Their_own_tls_wrapper_makes_it_asymmetric()
    {
        Detection detection = Assert.Single(Esxi("hostd").Connects("198.51.100.7", 443, handshake: Handshake.Established).Found());

        Assert.Equal("T1573.002", detection.Technique);
    }

    [Fact]
    public void A_routine_that_a_log_names_counts()
    {
        Detection detection = Assert.Single(Esxi("hostd").Calls("AES-256").Connects("198.51.100.7", 443).Found());

        Assert.Contains(detection.Evidence, evidence => evidence is { Kind: "cipherUse", Weight: 25 });
        Assert.Equal(Severity.Medium, detection.Severity);
    }

    [Fact]
    public void A_sensors_payload_makes_it_high() => Assert.Equal(
        Severity.High, Esxi("python").Connects().Payload(Scenario.Random()).Found().Single(detection => detection.AnalyticId == "AN0403").Severity);

    [Fact]
    public void AllowedMgmtHosts_is_live_with_the_ports_of_management()
    {
        DetectionSettings allow = Scenario.Settings("""{ "AllowedMgmtHosts": [ "198.51.100.7", "vc.example" ] }""");

        Assert.Single(Esxi("hostd").Connects("198.51.100.7", 443).Found());
        Assert.Empty(Esxi("hostd").Connects("198.51.100.7", 443).Found(allow));
        Assert.Empty(Esxi("hostd").Connects("198.51.100.7", 902).Found(allow));
        Assert.Empty(Esxi("hostd").Connects("203.0.113.5", 443, name: "vc.example").Found(allow));
        Assert.Single(Esxi("hostd").Connects("198.51.100.7", 8444).Found(allow));
        Assert.Single(Esxi("hostd").Connects("198.51.100.8", 443).Found(allow));
    }

    [Fact]
    public void A_relay_through_an_allowed_host_shows_by_its_payload()
    {
        DetectionSettings allow = Scenario.Settings("""{ "AllowedMgmtHosts": [ "10.0.0.2" ] }""");
        Scenario On(ushort port) => Esxi("vpxa").Connects("10.0.0.2", port).Payload(Scenario.Random(), "10.0.0.2", port);

        Assert.Contains(On(443).Found(allow), detection => detection.AnalyticId == "AN0403");
        Assert.DoesNotContain(On(902).Found(allow), detection => detection.AnalyticId == "AN0403");
        Assert.Contains(On(902).Found(), detection => detection.AnalyticId == "AN0403");
    }

    [Fact]
    public void EntropyThreshold_is_live()
    {
        Scenario scenario = Esxi("vpxa").Connects("10.0.0.2", 443).Payload(Scenario.Random(score: 7.5), "10.0.0.2", 443);

        Assert.Contains(scenario.Found(), detection => detection.AnalyticId == "AN0403");
        Assert.DoesNotContain(scenario.Found(Scenario.Settings("""{ "EntropyThreshold": 7.6 }""")), detection => detection.AnalyticId == "AN0403");
    }

    [Fact]
    public void CryptoModules_EvidenceWeights_and_PortProfiles_are_live()
    {
        Scenario calls = Esxi("vpxa").Calls("VendorCipher").Connects("10.0.0.2", 8444);

        Assert.Empty(calls.Found());
        Assert.Single(calls.Found(Scenario.Settings("""{ "CryptoModules": { "esxi": [ "vendorcipher" ] } }""")));
        Assert.Empty(Esxi("hostd").Connects("198.51.100.7", 443).Found(Scenario.Settings("""{ "EvidenceWeights": { "outsideManagement": 0 } }""")));
        Assert.Equal(
            Severity.Low, Assert.Single(Esxi("hostd").Connects().Found(Scenario.Settings("""{ "PortProfiles": { "8444/tcp": ["tls"] } }"""))).Severity);
    }

    private static Scenario Esxi(string world) => new(world, TelemetryPlatform.Esxi);

    [Fact]
    public void No_pattern_allows_a_world_by_its_name() => Assert.Equal(
        ["cipherUse", "oddPort", "outsideManagement", "payloadInsufficient", "unexpectedProgram"],
        Assert.Single(Esxi("python").Calls("AES-256").Connects().Found(Scenario.Settings("""{ "AllowedCryptoProcesses": [ { "image": "pyth*" } ] }""")))
            .Evidence.Select(evidence => evidence.Kind).Order());

    [Fact]
    public void A_resolver_in_tls_is_no_suspect()
    {
        Assert.Empty(Esxi("python").Connects("1.1.1.1", 443, handshake: Handshake.Established).Found());
        Assert.Single(Esxi("python").Connects("1.1.1.1", 443, handshake: Handshake.None).Found());
        Assert.Single(Esxi("python").Connects("1.1.1.9", 443, handshake: Handshake.Established).Found());
    }

    [Fact]
    public void Payload_through_an_allowed_host_is_judged_though_no_destination_is_suspect()
    {
        DetectionSettings allow = Scenario.Settings("""{ "AllowedMgmtHosts": [ "10.0.0.2" ] }""");
        Detection detection = Esxi("python").Connects("10.0.0.2", 443).Payload(Scenario.Random(), "10.0.0.2", 443).Found(allow)
            .Single(found => found.AnalyticId == "AN0403");

        Assert.Equal(
            ["cryptoInsufficient", "encryptedNoHandshake", "unexpectedProgram"], detection.Evidence.Select(evidence => evidence.Kind).Order());
    }

    [Fact]
    public void The_lack_of_tls_says_something_only_where_the_start_was_seen()
    {
        Detection seen = Assert.Single(Esxi("python").Started().Calls("AES-256").Connects().Found()), late = Assert.Single(Esxi("python").Calls("AES-256").Connects().Found());

        Assert.Contains(seen.Evidence, evidence => evidence is { Kind: "noTlsProvider", Weight: > 0 });
        Assert.DoesNotContain(late.Evidence, evidence => evidence.Kind == "noTlsProvider");
        Assert.Equal(("T1573.001", "T1573"), (seen.Technique, late.Technique));
        Assert.Equal("python uses symmetric cryptography and connects to 203.0.113.9:8444", late.Title);
        Assert.Equal(
            "python connects to 203.0.113.9:8444, outside the host's management; what it sends was not seen", Assert.Single(Esxi("python").Connects().Found()).Title);
    }
}
