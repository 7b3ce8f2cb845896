using CipherWatch.Core.Detections;

namespace CipherWatch.Core.Tests.Detections.Analytics;

/// <summary>TLS that programs bring with them, absence that would not show, proxies, and the technique that follows.</summary>
public class WindowsTlsTests
{
    private const string Python = @"C:\Users\ana\miniconda3\python.exe";
    private const string Node = @"C:\Program Files\nodejs\node.exe";
    private const string PowerShell = @"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe";

    [Theory]
    [InlineData("libssl-1_1-x64.dll")]
    [InlineData("ssleay32.dll")]
    [InlineData("nss3.dll")]
    [InlineData("libgnutls-30.dll")]
    [InlineData("mbedtls.dll")]
    [InlineData("wolfssl.dll")]
    public void A_developers_runtime_with_TLS_of_its_own_is_low_on_its_ports_and_no_lack_is_claimed(string library)
    {
        Detection low = Assert.Single(Runtime().Loads(library).Connects(port: 443, times: 12).Found());

        Assert.Equal((Severity.Low, "T1573"), (low.Severity, low.Technique));
        Assert.DoesNotContain(low.Evidence, piece => piece.Kind == "noTlsProvider");
        Assert.Equal(Severity.Medium, Assert.Single(Runtime().Loads(library).Connects(port: 4444, times: 12).Found()).Severity);
        Assert.Equal(Severity.Medium, Assert.Single(Runtime().Connects(port: 443, times: 12).Found()).Severity);

        static Scenario Runtime() => new Scenario(Python).Started().OwnImage(signed: false).Loads("bcrypt.dll");
    }

    [Theory]
    [InlineData("OpenJS Foundation", Severity.Low)]
    [InlineData("Somebody Else", Severity.Medium)]
    public void TLS_inside_is_believed_of_a_runtime_of_its_publisher_only(string signer, Severity severity)
    {
        Detection found = Assert.Single(
            new Scenario(Node).Started().OwnImage(signed: true, signer).Loads("bcrypt.dll").Connects(port: 443, times: 12).Found());

        Assert.Equal(severity, found.Severity);
    }

    [Fact]
    public void Payload_is_judged_whatever_TLS_a_runtime_brings()
    {
        Scenario scenario = new Scenario(Python).Started().OwnImage(signed: false).Loads("libssl-3-x64.dll").Loads("bcrypt.dll")
            .Connects(port: 443).Payload(Scenario.Random(), port: 443);

        Assert.Equal((Severity.High, "T1573.001"), (scenario.Found()[0].Severity, scenario.Found()[0].Technique));
    }

    [Fact]
    public void A_lack_of_TLS_is_claimed_only_where_the_own_image_is_on_record()
    {
        Scenario late = new Scenario(PowerShell).Loads("bcrypt.dll").Connects(port: 8444, times: 10);
        Scenario seen = new Scenario(PowerShell).Started().OwnImage(signed: true, "Microsoft Windows").Loads("bcrypt.dll").Connects(port: 8444, times: 10);

        Assert.DoesNotContain(Assert.Single(late.Found()).Evidence, piece => piece.Kind == "noTlsProvider");
        Assert.Contains(Assert.Single(seen.Found()).Evidence, piece => piece.Kind == "noTlsProvider");
        Assert.Equal(("T1573", "T1573.001"), (Assert.Single(late.Found()).Technique, Assert.Single(seen.Found()).Technique));
    }

    [Fact]
    public void A_recording_that_began_late_makes_one_call_to_a_port_of_TLS_low()
    {
        Assert.Equal(Severity.Low, Assert.Single(new Scenario(PowerShell).Loads("bcrypt.dll").Connects(port: 443).Found()).Severity);
        Assert.Equal(Severity.Medium, Assert.Single(new Scenario(PowerShell).Loads("bcrypt.dll").Connects(port: 443, times: 12).Found()).Severity);
    }

    [Fact]
    public void A_script_host_without_any_library_event_is_low_on_usual_ports()
    {
        Detection usual = Assert.Single(new Scenario(PowerShell).Started().Connects(port: 443, times: 12).Found());
        Detection odd = Assert.Single(new Scenario(PowerShell).Started().Connects(port: 4444, times: 12).Found());

        Assert.Equal((Severity.Low, "T1573"), (usual.Severity, usual.Technique));
        Assert.Contains(usual.Evidence, piece => piece.Kind == "librariesUnrecorded");
        Assert.Equal(Severity.Medium, odd.Severity);
    }

    /// <summary>What is left where the sensor logs libraries of cryptography alone: no signature, no TLS library.</summary>
    [Theory]
    [InlineData(@"C:\Users\ana\Downloads\viewer.exe", Severity.Medium)]
    [InlineData(@"C:\Windows\Temp\viewer.exe", Severity.Medium)]
    [InlineData(@"C:\Users\ana\AppData\Local\Viewer\viewer.exe", Severity.Low)]
    public void A_program_where_nothing_is_installed_weighs_more_than_one_that_a_user_installed(string image, Severity severity) =>
        Assert.Equal(severity, Assert.Single(new Scenario(image).Started().Loads("bcrypt.dll").Connects(port: 8443).Found()).Severity);

    [Fact]
    public void A_proxy_before_all_destinations_adds_nothing()
    {
        string[] direct = Kinds(Tool().Connects(ip: "203.0.113.9", port: 443, times: 20));
        string[] proxied = Kinds(Tool().Connects(ip: "10.20.0.8", port: 8080, times: 20));
        string[] implant = Kinds(new Scenario(@"C:\Windows\Temp\a.exe").Started().OwnImage(signed: false).Loads("bcrypt.dll")
            .Connects(ip: "10.20.0.8", port: 8080, times: 20));

        Assert.Contains("fewDestinations", direct);
        Assert.DoesNotContain("fewDestinations", proxied);
        Assert.Contains("fewDestinations", implant);

        static Scenario Tool() => new Scenario(@"C:\Tools\build.exe").Started().OwnImage(signed: false).Loads("bcrypt.dll").Loads("ncryptsslp.dll");
    }

    private static string[] Kinds(Scenario scenario) => [.. scenario.Found().SelectMany(found => found.Evidence.Select(piece => piece.Kind))];

    [Theory]
    [InlineData("10.20.0.8", 8080, "ncryptsslp.dll", true)]
    [InlineData("10.20.0.8", 8080, "libssl-3-x64.dll", true)]
    [InlineData("10.20.0.8", 8080, "kernel32.dll", false)]
    [InlineData("10.20.0.8", 8444, "ncryptsslp.dll", false)]
    [InlineData("203.0.113.9", 8080, "ncryptsslp.dll", false)]
    public void A_proxy_is_inside_on_a_port_of_proxies_and_the_program_has_TLS(string ip, int port, string library, bool proxied) => Assert.Equal(
        proxied,
        Kinds(new Scenario(@"C:\Tools\build.exe").Started().OwnImage(signed: false).Loads("bcrypt.dll").Loads(library).Connects(ip, (ushort)port, times: 20))
            .Contains("behindProxy"));

    [Fact]
    public void A_recording_that_saw_the_start_and_a_load_is_not_late() =>
        Assert.DoesNotContain("librariesUnrecorded", Kinds(new Scenario(PowerShell).Started().Loads("bcrypt.dll").Connects(port: 443)));

    /// <summary>All of its destinations must be such, and databases are inside.</summary>
    [Theory]
    [InlineData("203.0.113.9", 443, "203.0.113.9", 443, true)]
    [InlineData("203.0.113.9", 443, "203.0.113.9", 4444, false)]
    [InlineData("203.0.113.9", 443, "10.20.0.8", 5432, true)]
    [InlineData("203.0.113.9", 443, "203.0.113.8", 5432, false)]
    public void A_runtime_with_TLS_of_its_own_calls_ports_of_TLS_or_of_databases_inside(string ip, int port, string other, int otherPort, bool own) => Assert.Equal(
        own,
        Kinds(new Scenario(Python).Started().OwnImage(signed: false).Loads("bcrypt.dll").Loads("libssl-3-x64.dll").Connects(ip, (ushort)port)
            .Connects(other, (ushort)otherPort, local: 51_000)).Contains("ownTls"));

    [Fact]
    public void TLS_inside_is_believed_of_a_valid_signature_only_and_then_no_lack_of_a_library_is_claimed()
    {
        Scenario Of(bool signed) => new Scenario(Node).Started().OwnImage(signed, "OpenJS Foundation").Loads("bcrypt.dll").Connects(port: 443, times: 12);

        Assert.Contains("ownTls", Kinds(Of(true)));
        Assert.DoesNotContain("noTlsProvider", Kinds(Of(true)));
        Assert.DoesNotContain("ownTls", Kinds(Of(false)));
    }

    [Fact]
    public void What_is_no_script_host_is_not_excused_by_libraries_that_are_not_on_record() => Assert.DoesNotContain(
        "librariesUnrecorded", Kinds(new Scenario(@"C:\ProgramData\x\x.exe").Started().Connects(port: 443, times: 12)));
}
