using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Detections.Settings;

public class SettingsMatchingTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData(", \"host\": \"ws1\"", true)]
    [InlineData(", \"host\": \"ws1.corp.example\"", true)]
    [InlineData(", \"host\": \"ws2\"", false)]
    public void A_process_is_allowed_on_the_hosts_that_the_entry_names(string host, bool allowed) =>
        Assert.Equal(allowed, Entry(host).Allows(Program(signed: true), userWritable: false) is not null);

    /// <summary>Where Windows' telemetry has no signature, a folder that only administrators write to has to do.</summary>
    [Theory]
    [InlineData(null, true, false, TelemetryPlatform.Windows, true)]
    [InlineData(null, null, false, TelemetryPlatform.Linux, true)]
    [InlineData(null, false, false, TelemetryPlatform.Linux, true)]
    [InlineData(null, true, true, TelemetryPlatform.Windows, false)]
    [InlineData("Acme*", true, true, TelemetryPlatform.Windows, true)]
    [InlineData("Other*", true, false, TelemetryPlatform.Windows, false)]
    [InlineData("Acme*", false, false, TelemetryPlatform.Windows, false)]
    [InlineData("Acme*", null, false, TelemetryPlatform.Windows, true)]
    [InlineData("Acme*", null, true, TelemetryPlatform.Windows, false)]
    [InlineData("Acme*", null, false, TelemetryPlatform.MacOs, false)]
    public void A_process_is_allowed_by_its_signer_or_by_a_place_that_only_administrators_write_to(
        string? signer, bool? signed, bool writable, TelemetryPlatform platform, bool allowed) => Assert.Equal(
            allowed,
            Entry(signer is null ? string.Empty : $", \"signer\": \"{signer}\"").Allows(Program(signed) with { Platform = platform }, writable) is not null);

    [Fact]
    public void A_program_that_was_seen_without_a_signature_is_not_allowed_by_one() => Assert.Null(
        Entry(", \"signer\": \"Acme*\"").Allows(Program(signed: true) with { UnsignedLoads = Example.Seen(2) }, userWritable: false));

    [Theory]
    [InlineData("mycipher.dll", 100)]
    [InlineData("mycipher", 100)]
    [InlineData("MYCIPHER.DLL", 100)]
    [InlineData("mycipher2.dll", 0)]
    public void A_library_counts_by_its_name_with_an_ending_or_without(string name, int weight)
    {
        DetectionSettings settings = Scenario.Settings("""{ "CryptoModules": { "windows": ["mycipher"] } }""");
        Assert.Equal((weight, 0), (settings.CryptoWeight(TelemetryPlatform.Windows, name), settings.CryptoWeight(TelemetryPlatform.Network, name)));
    }

    private static DetectionSettings Entry(string more) =>
        Scenario.Settings($$"""{ "AllowedCryptoProcesses": [ { "image": "/opt/x"{{more}} } ] }""");

    private static ProcessFacts Program(bool? signed) => new()
    {
        Key = ProcessKey.FromGuid("ws1", "a"),
        HostFqdn = "ws1.corp.example",
        Platform = TelemetryPlatform.Windows,
        Image = "/opt/x",
        SignedLoads = signed is true ? Example.Seen(1) : Sightings.None,
        UnsignedLoads = signed is false ? Example.Seen(1) : Sightings.None,
        Signer = signed is true ? "Acme Ltd" : null,
    };
}
