using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;

namespace CipherWatch.Core.Tests.Detections.Analytics;

public class An0400WindowsTests
{
    private const string Notepad = @"C:\Windows\System32\notepad.exe";

    [Fact]
    public void An_unsigned_program_with_cryptography_and_a_connection_is_found()
    {
        IReadOnlyList<Detection> found = Implant().Found();

        Detection detection = Assert.Single(found);
        Assert.Equal("AN0400", detection.AnalyticId);
        Assert.Equal("T1573.001", detection.Technique);
        Assert.Equal(Severity.Medium, detection.Severity);
        Assert.Equal(
            ["cryptoLoad", "noTlsProvider", "oddPort", "payloadInsufficient", "unsignedImage", "userWritableImage"],
            detection.Evidence.Select(evidence => evidence.Kind).Order());
        Assert.Equal(69, detection.Confidence);
        Assert.All(detection.Evidence.Where(evidence => evidence.Kind is "cryptoLoad" or "unsignedImage" or "oddPort"), evidence => Assert.NotEmpty(evidence.ObservationIds));
    }

    [Fact]
    public void Host_evidence_alone_reaches_medium_at_most_and_says_that_payload_is_missing()
    {
        Detection detection = Assert.Single(Implant().Injected().Connects(times: 20, seconds: 60, local: 51000).Found());

        Assert.True(detection.Evidence.Sum(evidence => evidence.Weight) > 100);
        Assert.Equal(Severity.Medium, detection.Severity);
        Assert.Contains(detection.Evidence, evidence => evidence is { Kind: "payloadInsufficient", Weight: 0 });
    }

    [Fact]
    public void A_sensors_payload_makes_it_high_whichever_comes_first()
    {
        IReadOnlyList<Detection> after = Implant().Payload(Scenario.Random()).Found();
        IReadOnlyList<Detection> before = new Scenario().Payload(Scenario.Random()).Started().OwnImage(false).Loads("bcryptprimitives.dll").Connects().Found();

        Assert.All([after, before], found =>
        {
            Detection detection = found.Single(detection => detection.AnalyticId == "AN0400");
            Assert.Equal(Severity.High, detection.Severity);
            Assert.Contains(detection.Evidence, evidence => evidence is { Kind: "encryptedNoHandshake", Weight: 45 });
            Assert.Equal(detection.DetectionId, found.Single(detection => detection.AnalyticId == "AN0404").SupersededBy);
        });
    }

    [Fact]
    public void Payload_needs_no_crypto_load_because_implants_bring_their_own_ciphers()
    {
        IReadOnlyList<Detection> found = new Scenario(@"C:\Program Files\Tool\tool.exe").OwnImage(true, "Tool Ltd").Connects().Payload(Scenario.Random()).Found();

        Assert.Contains(found, detection => detection.AnalyticId == "AN0400");
    }

    [Fact]
    public void A_key_exchange_on_the_channel_makes_it_asymmetric_and_medium_at_most()
    {
        Detection detection = Implant().FlowRecord(Handshake.Established, "tls").Found().Single(detection => detection.AnalyticId == "AN0400");

        Assert.Equal("T1573.002", detection.Technique);
        Assert.Contains(detection.Evidence, evidence => evidence.Kind == "tlsHandshake");
        Assert.NotEqual(Severity.High, detection.Severity);
    }

    [Theory]
    [InlineData(@"C:\Program Files\Vendor\agent.exe")]
    [InlineData(@"C:\Windows\System32\svchost.exe")]
    public void Cryptography_and_a_connection_alone_are_nothing(string image) =>
        Assert.Empty(new Scenario(image).Started().OwnImage(true, "Microsoft Windows Publisher").Loads("bcryptprimitives.dll").Loads("rsaenh.dll").Connects(port: 443, times: 30).Found());

    [Fact]
    public void Recorded_libraries_without_cryptography_are_nothing() =>
        Assert.Empty(new Scenario(Notepad).Started().OwnImage(true, "Microsoft Windows").Connects(times: 30).Found());

    [Fact]
    public void A_program_that_ran_before_the_recording_is_found_by_calling_the_same_place()
    {
        Assert.Single(new Scenario(Notepad).Connects(times: 8).Found());
        Assert.Empty(new Scenario(Notepad).Connects(times: 7).Found());
    }

    [Theory]
    [InlineData(88)]
    [InlineData(389)]
    [InlineData(445)]
    public void Infrastructure_ports_alone_make_no_suspect(ushort port) =>
        Assert.Empty(new Scenario(Notepad).Started().OwnImage(true).Loads("bcrypt.dll").Connects(port: port, times: 20).Found());

    [Fact]
    public void A_dynamic_port_is_infrastructure_only_behind_the_endpoint_mapper()
    {
        Assert.Empty(new Scenario(Notepad).OwnImage(true).Loads("bcrypt.dll").Connects(port: 135).Connects(port: 49674, local: 50200).Found());
        Assert.NotEmpty(new Scenario(Notepad).OwnImage(true).Loads("bcrypt.dll").Connects(port: 49674).Found());
    }

    [Fact]
    public void TimeWindow_is_live()
    {
        Scenario scenario = new Scenario(Notepad).Started().OwnImage(true).Loads("bcrypt.dll", seconds: 0).Connects(seconds: 700);

        Assert.Equal(8, Weight(scenario.Found(), "cryptoLoadEarlier"));
        Assert.Equal(15, Weight(scenario.Found(Scenario.Settings("""{ "TimeWindow": "00:12:00" }""")), "cryptoLoad"));
        Assert.Equal(15, Weight(scenario.Found(Scenario.Settings("""{ "TimeWindow": "00:11:40" }""")), "cryptoLoad"));
        Assert.Equal(8, Weight(scenario.Found(Scenario.Settings("""{ "TimeWindow": "00:11:39" }""")), "cryptoLoadEarlier"));
    }

    [Fact]
    public void The_window_holds_either_way_because_records_come_out_of_order() =>
        Assert.Equal(15, Weight(new Scenario(Notepad).OwnImage(true).Loads("bcrypt.dll", seconds: 36).Connects(seconds: 3).Found(), "cryptoLoad"));

    [Fact]
    public void AllowedCryptoProcesses_zeroes_load_and_random_payload_but_never_xor()
    {
        DetectionSettings allow = Scenario.Settings("""{ "AllowedCryptoProcesses": [ { "image": "?:\\Program Files\\Backup\\*.exe" } ] }""");
        Scenario Backup() => new Scenario(@"C:\Program Files\Backup\agent.exe").Started().OwnImage(false).Loads("bcryptprimitives.dll").Connects();

        Assert.NotEmpty(Backup().Found());
        Assert.Empty(Backup().Found(allow));
        Assert.DoesNotContain(Backup().Payload(Scenario.Random()).Found(allow), detection => detection.AnalyticId == "AN0400");
        IReadOnlyList<Detection> xor = Backup().Payload(Scenario.Random() with { Verdict = PayloadVerdict.Xor, Score = 5, Z = -9, XorKeyLength = 8 }).Found(allow);
        Assert.Contains(xor, detection => detection.AnalyticId == "AN0400" && detection.Evidence.Any(evidence => evidence is { Kind: "payloadXor", Weight: > 0 }));
    }

    [Fact]
    public void An_unsigned_tool_that_is_installed_and_stays_inside_is_how_in_house_tools_look()
    {
        Scenario Tool(string image, string ip) => new Scenario(image).Started().OwnImage(false).Loads("bcryptprimitives.dll").Connects(ip, times: 8);

        Assert.All(Tool(@"C:\Program Files\Stock\scan.exe", "10.20.0.31").Found(), detection => Assert.Equal(Severity.Low, detection.Severity));
        Assert.Equal(Severity.Medium, Assert.Single(Tool(@"C:\Program Files\Stock\scan.exe", "203.0.113.9").Found()).Severity);
        Assert.Equal(Severity.Medium, Assert.Single(Tool(@"C:\Stock\scan.exe", "10.20.0.31").Found()).Severity);
        Assert.Equal(Severity.High, Assert.Single(
            Tool(@"C:\Program Files\Stock\scan.exe", "10.20.0.31").Payload(Scenario.Random(), "10.20.0.31").Found(), detection => detection.Process is not null).Severity);
    }

    [Fact]
    public void A_script_that_a_management_agent_runs_over_TLS_is_its_work()
    {
        Scenario Script(string parent, params string[] libraries) => libraries.Aggregate(
            new Scenario(@"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe").Started(parent).OwnImage(true, "Microsoft Windows"),
            (script, library) => script.Loads(library)).Connects("10.20.0.30", 443);

        Assert.Empty(Script(@"C:\Windows\CCM\CcmExec.exe", "bcrypt.dll", "ncryptsslp.dll").Found());
        Assert.Single(Script(@"C:\Windows\CCM\CcmExec.exe", "bcrypt.dll").Found());
        Assert.Single(Script(@"C:\Windows\explorer.exe", "bcrypt.dll", "ncryptsslp.dll").Found());
        Assert.Single(Script(@"C:\Users\ana\CCM\CcmExec.exe", "bcrypt.dll", "ncryptsslp.dll").Found());
    }

    [Fact]
    public void What_is_allowed_to_a_program_is_not_allowed_to_code_brought_into_it()
    {
        DetectionSettings allow = Scenario.Settings("""{ "AllowedCryptoProcesses": [ { "image": "?:\\Windows\\System32\\svchost.exe" } ] }""");
        Scenario Service(string source) => new Scenario(@"C:\Windows\System32\svchost.exe").OwnImage(true, "Microsoft Windows Publisher").Loads("rsaenh.dll").Connects().Injected(source);

        Assert.Contains(Assert.Single(Service(@"C:\Users\ana\Downloads\photo.exe").Found(allow)).Evidence, evidence => evidence is { Kind: "cryptoLoad", Weight: 15 });
        Assert.DoesNotContain(Service(@"C:\Program Files\Guard\guard.exe").Found(allow), detection => detection.Evidence.Any(evidence => evidence.Kind == "cryptoLoad"));
        Assert.Empty(Service(@"C:\Windows\System32\svchost.exe").Found(allow));
    }

    [Fact]
    public void Threads_of_the_session_subsystem_are_no_injection()
    {
        Assert.Contains("injectedThread", Kinds(Implant().Injected(@"C:\Windows\System32\dwm.exe")));
        Assert.DoesNotContain("injectedThread", Kinds(Implant().Injected(@"C:\Windows\System32\csrss.exe")));
        Assert.Contains("injectedThread", Kinds(Implant().Injected(@"C:\Users\ana\csrss.exe")));

        static IEnumerable<string> Kinds(Scenario scenario) => Assert.Single(scenario.Found()).Evidence.Select(evidence => evidence.Kind);
    }

    [Fact]
    public void An_image_in_a_user_writable_folder_is_not_allowed_by_its_name_alone()
    {
        DetectionSettings byName = Scenario.Settings("""{ "AllowedCryptoProcesses": [ { "image": "*\\update.exe" } ] }""");
        DetectionSettings bySigner = Scenario.Settings("""{ "AllowedCryptoProcesses": [ { "image": "*\\update.exe", "signer": "Acme*" } ] }""");

        Assert.NotEmpty(Implant().Found(byName));
        Assert.NotEmpty(Implant().Found(bySigner));
        Assert.Empty(new Scenario().Started().OwnImage(true, "Acme Ltd").Loads("bcryptprimitives.dll").Connects().Found(bySigner));
    }

    [Fact]
    public void EntropyThreshold_is_live()
    {
        Scenario Story(double score) => new Scenario(@"C:\Program Files\Tool\tool.exe").OwnImage(true).Connects().Payload(Scenario.Random(score: score));
        DetectionSettings strict = Scenario.Settings("""{ "EntropyThreshold": 7.8 }""");

        Assert.NotEmpty(Story(7.5).Found());
        Assert.Empty(Story(7.5).Found(strict));
        Assert.NotEmpty(Story(7.8).Found(strict));
    }

    [Fact]
    public void CryptoModules_is_live()
    {
        Scenario Story() => new Scenario(Notepad).Started().OwnImage(true).Loads("mycipher.dll").Connects();

        Assert.Empty(Story().Found());
        Assert.NotEmpty(Story().Found(Scenario.Settings("""{ "CryptoModules": { "windows": ["mycipher"] } }""")));
        Assert.Empty(new Scenario(Notepad).Started().OwnImage(true).Loads("bcrypt.dll").Connects().Found(Scenario.Settings("""{ "CryptoModules": { "windows": [] } }""")));
    }

    [Fact]
    public void EvidenceWeights_is_live()
    {
        Assert.Equal(40, Weight(Implant().Found(Scenario.Settings("""{ "EvidenceWeights": { "unsignedImage": 40 } }""")), "unsignedImage"));
        Assert.Empty(Implant().Found(Scenario.Settings("""{ "EvidenceWeights": { "cryptoLoad": 0 } }""")));
    }

    [Fact]
    public void A_suppression_marks_and_keeps()
    {
        const string Json = """{ "Suppressions": [ { "process": "*\\update.exe", "reason": "Our updater", "author": "kim", "expires": "2026-03-03T00:00:00Z" } ] }""";
        Assert.Equal("Our updater", Assert.Single(Implant().Found(Scenario.Settings(Json))).Suppressed?.Reason);
        string expired = Json.Replace("2026-03-03", "2026-03-02", StringComparison.Ordinal);
        Assert.Null(Assert.Single(Implant().Found(Scenario.Settings(expired))).Suppressed);
    }

    [Fact]
    public void A_process_active_on_two_days_is_two_detections()
    {
        IReadOnlyList<Detection> found = Implant().Connects(seconds: 13 * 60 * 60, local: 52000).Found();

        Assert.Equal(2, found.Select(detection => detection.DetectionId).Distinct().Count());
        Assert.Equal(["2026-03-02", "2026-03-03"], found.Select(detection => detection.WindowStart.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)).Order());
    }

    private static Scenario Implant() => new Scenario().Started().OwnImage(false).Loads("bcryptprimitives.dll").Connects();

    private static int? Weight(IReadOnlyList<Detection> found, string kind) =>
        Assert.Single(found).Evidence.SingleOrDefault(evidence => evidence.Kind == kind)?.Weight;

    [Fact]
    public void What_is_allowed_to_a_users_program_by_its_signer_is_no_evidence_of_its_place()
    {
        DetectionSettings allow = Scenario.Settings("""{ "AllowedCryptoProcesses": [ { "image": "*\\update.exe", "signer": "Acme*" } ] }""");
        Detection detection = new Scenario().Started().OwnImage(true, "Acme Ltd").Loads("bcryptprimitives.dll").Connects()
            .Payload(Scenario.Random() with { Verdict = PayloadVerdict.Xor, Score = 5, Z = -9, XorKeyLength = 8 }).Found(allow)
            .Single(found => found.AnalyticId == "AN0400");

        Assert.Equal(["allowedProcess", "oddPort", "payloadXor"], detection.Evidence.Select(evidence => evidence.Kind).Order());
    }

    [Fact]
    public void A_tls_library_says_something_beside_cryptography_only()
    {
        Scenario With(params string[] libraries) => libraries.Aggregate(new Scenario(Notepad).Started().OwnImage(true), (scenario, library) => scenario.Loads(library))
            .Connects().Payload(Scenario.Random());
        bool Names(Scenario scenario) => scenario.Found().Single(found => found.AnalyticId == "AN0400").Evidence.Any(evidence => evidence.Kind == "tlsProvider");

        Assert.True(Names(With("bcrypt.dll", "ncryptsslp.dll")));
        Assert.False(Names(With("ncryptsslp.dll")));
    }
}
