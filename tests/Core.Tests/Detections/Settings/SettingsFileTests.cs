using System.Text;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Detections.Settings;

public class SettingsFileTests
{
    [Fact]
    public void Every_setting_is_read()
    {
        DetectionSettings settings = Scenario.Settings("""
            {
              // A site's own.
              "TimeWindow": "00:05:00",
              "AllowedCryptoProcesses": [ { "image": "C:\\A\\*.exe", "signer": "Acme", "host": "db*" }, "C:\\B\\b.exe" ],
              "EntropyThreshold": 7.4,
              "PayloadEntropyThreshold": 7.1,
              "TrustedCryptoLibs": [ { "process": "/opt/a", "library": "/opt/lib*.so" } ],
              "TrafficAsymmetryRatio": 5,
              "DoHResolvers": [ "doh.example", "192.0.2.0/24", "2001:db8::1" ],
              "AllowedMgmtHosts": [ "10.0.0.0/8" ],
              "Proxies": [ "10.0.0.8:3128", "[2001:db8::8]:8080", "10.9.0.0/24:8080/tcp", "*.proxy.example:80" ],
              "PortProfiles": { "6000-6010/udp": ["dtls", "none"] },
              "TrafficVolumeThreshold": 5000,
              "CryptoModules": { "linux": [ { "name": "libfoo*", "weight": 50 } ] },
              "HostAddresses": { "WS1": ["10.0.0.1"] },
              "Suppressions": [ { "destination": "192.0.2.9", "reason": "lab" } ],
              "EvidenceWeights": { "oddPort": 0 },
            }
            """);

        Assert.Equal(TimeSpan.FromMinutes(5), settings.TimeWindow);
        Assert.Equal(["C:\\A\\*.exe", "C:\\B\\b.exe"], settings.AllowedCryptoProcesses.Select(pattern => pattern.Image.Pattern));
        Assert.Equal("db*", settings.AllowedCryptoProcesses[0].Host?.Pattern);
        Assert.Equal(7.4, settings.EntropyThreshold);
        Assert.Equal(7.1, settings.PayloadEntropyThreshold);
        Assert.Equal("/opt/lib*.so", Assert.Single(settings.TrustedCryptoLibs).Library.Pattern);
        Assert.Equal(5, settings.TrafficAsymmetryRatio);
        Assert.True(settings.DoHResolvers.Covers(IpAddress.Parse("192.0.2.77"), null));
        Assert.False(settings.DoHResolvers.Covers(IpAddress.Parse("192.0.3.77"), "other.example"));
        Assert.True(settings.AllowedMgmtHosts.Covers(IpAddress.Parse("10.200.1.1"), null));
        Assert.Equal(
            ["10.0.0.8:3128", "[2001:db8::8]:8080", "10.9.0.0/24:8080/tcp", "*.proxy.example:80"], settings.Proxies.Select(EntryText.Of));
        Assert.Equal(["dtls", "none"], settings.Profile(6005, Protocols.Udp)!.Expected);
        Assert.Null(settings.Profile(6005, Protocols.Tcp));
        Assert.Equal(5000, settings.TrafficVolumeThreshold);
        Assert.Equal(50, settings.CryptoWeight(TelemetryPlatform.Linux, "libfoo.so.1"));
        Assert.Equal(100, settings.CryptoWeight(TelemetryPlatform.Windows, "BCRYPT.DLL"));
        Assert.Equal(IpAddress.Parse("10.0.0.1"), Assert.Single(settings.HostAddresses["ws1"]));
        Assert.Equal("lab", Assert.Single(settings.Suppressions).Reason);
        Assert.Equal(0, settings.EvidenceWeights["oddPort"]);
    }

    [Theory]
    [InlineData("""{ "EntropyTreshold": 7 }""", "'EntropyTreshold' is not a setting")]
    [InlineData("""{ "entropythreshold": 7 }""", "Did you mean 'EntropyThreshold'?")]
    [InlineData("""{ "EntropyThreshold": 9 }""", "EntropyThreshold must be a number from 0 to 8; found 9.")]
    [InlineData("""{ "TimeWindow": 10 }""", "TimeWindow must be a duration hh:mm:ss")]
    [InlineData("""{ "TimeWindow": "10" }""", "TimeWindow must be a duration hh:mm:ss")]
    [InlineData("""{ "AllowedCryptoProcesses": [ {} ] }""", "AllowedCryptoProcesses[0] must be an object with \"image\"")]
    [InlineData("""{ "PortProfiles": { "443": ["tls"] } }""", "PortProfiles.443 must be named by port and transport")]
    [InlineData("""{ "PortProfiles": { "443/tcp": ["ssl"] } }""", "PortProfiles.443/tcp[0] must be one of tls")]
    [InlineData("""{ "AllowedMgmtHosts": [ "10.0.0.0/64" ] }""", "AllowedMgmtHosts[0] must be a host name, an address or a CIDR")]
    [InlineData("""{ "Suppressions": [ { "reason": "x" } ] }""", "it would hide everything")]
    [InlineData("""{ "Suppressions": [ { "process": "x" } ] }""", "an object with \"reason\"")]
    [InlineData("""{ "EvidenceWeights": { "unsignedImages": 0 } }""", "EvidenceWeights.unsignedImages: there is no kind of evidence 'unsignedImages'. Did you mean 'unsignedImage'?")]
    [InlineData("""{ "EvidenceWeights": { "oddport": 0 } }""", "Did you mean 'oddPort'?")]
    [InlineData("""{ "EvidenceWeights": { "oddPort": 101 } }""", "EvidenceWeights.oddPort must be a whole number from -100 to 100; found 101.")]
    [InlineData("""{ "EvidenceWeights": { "phaseOfTheMoon": 5 } }""", "Known: encryptedNoHandshake, ")]
    [InlineData("""{ "Suppressions": [ { "evidence": "oddPorts", "reason": "x" } ] }""", "Suppressions[0].evidence: there is no kind of evidence 'oddPorts'. Did you mean 'oddPort'?")]
    [InlineData("""{ "Suppressions": [ { "evidence": 5, "reason": "x" } ] }""", "Suppressions[0].evidence must be the name of a kind of evidence; found 5.")]
    [InlineData("""{ "CryptoModules": { "window": [] } }""", "there is no platform 'window'. Did you mean 'windows'?")]
    [InlineData("""{ "Suppressions": [ { "process": "x", "host": 5, "reason": "x" } ] }""", "Suppressions[0].host must be text that is not empty; found 5.")]
    [InlineData("""{ "Suppressions": [ { "process": "x", "host": "", "reason": "x" } ] }""", "Suppressions[0].host must be text")]
    [InlineData("""{ "Suppressions": [ { "process": "x", "host": ["a"], "reason": "x" } ] }""", "Suppressions[0].host must be text")]
    [InlineData("""{ "AllowedCryptoProcesses": [ { "image": "x", "signer": false } ] }""", "AllowedCryptoProcesses[0].signer must be text")]
    [InlineData("""{ "Suppressions": [ { "process": "x", "hash": "abc", "reason": "x" } ] }""", "Suppressions[0].hash must be a SHA-256 of 64 hex digits")]
    [InlineData("""{ "Suppressions": [ { "process": "x", "expires": "soon", "reason": "x" } ] }""", "Suppressions[0].expires must be a time")]
    [InlineData("""{ "Suppressions": [ { "host": "db*", "reason": "x" } ] }""", "it would hide everything")]
    [InlineData("""{ "Suppressions": [ { "process": "*", "host": "db*", "reason": "x" } ] }""", "it would hide everything")]
    [InlineData("""{ "Suppressions": [ { "destination": "0.0.0.0/0", "reason": "x" } ] }""", "it would hide everything")]
    [InlineData("""{ "Suppressions": [ { "process": "a", "process": "b", "reason": "x" } ] }""", "Suppressions[0]: 'process' is given twice")]
    [InlineData("""{ "TimeWindow": "00:05:00", "TimeWindow": "00:06:00" }""", "'TimeWindow' is given twice")]
    [InlineData("""{ "DoHResolvers": [ "9.9.9.9:853" ] }""", "DoHResolvers[0] must be a host name, an address or a CIDR without a port")]
    [InlineData("""{ "AllowedMgmtHosts": [ "10.0.0.*" ] }""", "AllowedMgmtHosts[0] must be a host name, an address or a CIDR; networks")]
    [InlineData("""{ "Proxies": [ "10.0.0.8" ] }""", "Proxies[0] must be the name, address or CIDR of a proxy with its port")]
    [InlineData("""{ "Proxies": [ "0.0.0.0/0:3128" ] }""", "Proxies[0] must be the name, address or CIDR of a proxy with its port")]
    [InlineData("""{ "Proxies": [ "*:3128" ] }""", "Proxies[0] must be the name, address or CIDR of a proxy with its port")]
    [InlineData("""{ "Proxies": [ "10.0.0.8:3128/udp" ] }""", "Proxies[0] must be the name, address or CIDR of a proxy with its port")]
    [InlineData("""{ "Proxies": [ "10.0.0.8:99999" ] }""", "a port is a number up to 65535")]
    [InlineData("""[]""", "one JSON object")]
    [InlineData("{\n  \"TimeWindow\": ,\n}", "Not valid JSON at line 2")]
    public void A_mistake_is_named_with_its_place(string json, string expected)
    {
        Assert.False(SettingsFile.TryLoad(Encoding.UTF8.GetBytes(json), out DetectionSettings settings, out IReadOnlyList<string>? errors));
        Assert.Contains(errors, error => error.Contains(expected, StringComparison.Ordinal));
        Assert.Same(DetectionSettings.Default, settings);
    }

    [Fact]
    public void The_version_is_of_what_the_file_says_not_of_how()
    {
        string one = Scenario.Settings("""{ "EntropyThreshold": 7.4, "TimeWindow": "00:05:00" }""").Version;
        Assert.Equal(one, Scenario.Settings("/* note */ { \"TimeWindow\": \"00:05:00\",\n \"EntropyThreshold\": 7.4, }").Version);
        Assert.NotEqual(one, Scenario.Settings("""{ "EntropyThreshold": 7.5, "TimeWindow": "00:05:00" }""").Version);
        Assert.Equal("default", DetectionSettings.Default.Version);
    }

    [Property]
    public void No_file_throws(byte[] bytes) => SettingsFile.TryLoad(bytes, out _, out _);
}
