using System.Text.Json;

namespace CipherWatch.Cli.Tests.Verbs;

/// <summary><c>simulate</c>: what a person sees of it, and what its files are.</summary>
public sealed class SimulateTests(FleetFolder fleet) : IClassFixture<FleetFolder>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        await Ran.Of("simulate", "--hosts", "6", "--seed", "9", "--implants", "xor", "--out", _folder["one"], "--quiet");
        await Ran.Of("simulate", "--hosts", "6", "--seed", "9", "--implants", "xor", "--out", _folder["two"], "--quiet");
        await Ran.Of("simulate", "--hosts", "6", "--seed", "10", "--implants", "xor", "--out", _folder["three"], "--quiet");
        Assert.Equal(FleetFolder.Hash(_folder["one"]), FleetFolder.Hash(_folder["two"]));
        Assert.NotEqual(FleetFolder.Hash(_folder["one"]), FleetFolder.Hash(_folder["three"]));
    }

    [Fact]
    public void The_bytes_are_the_same_on_every_machine() =>
        // What another machine wrote. A change of the simulation changes it on purpose; nothing else may.
        Assert.Equal("ece9871c4d43152e", FleetFolder.Hash(fleet.Telemetry)[..16]);

    [Fact]
    public async Task An_implant_leaves_what_is_benign_on_other_hosts_as_it_was()
    {
        await Ran.Of("simulate", "--hosts", "6", "--out", _folder["benign"], "--quiet");
        await Ran.Of("simulate", "--hosts", "6", "--implants", "python-pycryptodome", "--out", _folder["hostile"], "--quiet");
        Assert.Equal(
            await File.ReadAllBytesAsync(_folder["benign/sysmon-nxlog.json"], TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(_folder["hostile/sysmon-nxlog.json"], TestContext.Current.CancellationToken));
        Assert.Equal(
            await File.ReadAllBytesAsync(_folder["benign/esxi-connections.json"], TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(_folder["hostile/esxi-connections.json"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Four_hosts_are_one_of_each_platform_and_every_source_has_its_file()
    {
        string[] files = [.. Directory.GetFiles(fleet.Telemetry).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        Assert.Equal(
        [
            "esxi-connections.json", "esxi-daemons.log", "inventory.json", "linux-audit.log", "linux-laurel.json", "linux-osquery.json", "linux-syslog.log",
            "macos-eslogger.ndjson", "macos-unified-log.ndjson", "payload-samples.edge-01.json", "sysmon-events.xml", "sysmon-nxlog.json",
            "sysmon-winlogbeat.json", "truth.tsv", "zeek-conn.edge-01.log", "zeek-ssl.edge-01.json",
        ], files);
    }

    [Fact]
    public async Task Every_other_site_has_Suricata_and_one_in_four_no_first_bytes()
    {
        await Ran.Of("simulate", "--hosts", "151", "--implants", "xor:4", "--out", _folder["sites"], "--quiet");
        Assert.True(File.Exists(_folder["sites/suricata-eve.edge-02.json"]));
        Assert.True(File.Exists(_folder["sites/payload-samples.edge-03.json"]));
        Assert.True(File.Exists(_folder["sites/suricata-eve.edge-04.json"]));
        Assert.False(File.Exists(_folder["sites/payload-samples.edge-04.json"]));
        Ran read = await Ran.Of("detect", _folder["sites/suricata-eve.edge-02.json"], "--json");
        Assert.Equal(0, read.Json.GetProperty("deadLettered").GetInt32());
    }

    [Fact]
    public async Task Json_is_one_object_with_the_implants_and_quiet_is_silent()
    {
        string[] asked =
            ["simulate", "--hosts", "6", "--days", "2", "--implants", "low-and-slow,launchd-agent", "--out", _folder["json"], "--json"];
        JsonElement summary = (await Ran.Of(asked)).Json;
        Assert.Equal(6, summary.GetProperty("hosts").GetInt32());
        Assert.Equal(2, summary.GetProperty("days").GetInt32());
        Assert.Equal(2, summary.GetProperty("implants").GetArrayLength());
        Ran quiet = await Ran.Of("simulate", "--hosts", "1", "--out", _folder["quiet"], "--quiet");
        Assert.Empty(quiet.OutputBytes);
    }

    [Fact]
    public async Task Help_lists_the_kinds()
    {
        Ran help = await Ran.Of("simulate", "--help");
        foreach (string kind in FleetFolder.Kinds)
        {
            Assert.Contains(kind, help.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("rc4-beacom", "There is no kind of implant 'rc4-beacom'. Did you mean 'rc4-beacon'?")]
    [InlineData("ransomware", "There is no kind of implant 'ransomware'. Known: rc4-beacon, ")]
    [InlineData("xor:0", "behind the colon stands how many")]
    [InlineData("xor:many", "behind the colon stands how many")]
    [InlineData("esxi-reverse-tunnel:2", "the fleet has too few ESXi hosts for 'esxi-reverse-tunnel': every implant has a host of its own")]
    [InlineData("smb-relay:9", "the fleet has too few Windows hosts for 'smb-relay': every implant has two hosts of a site of its own")]
    public async Task Implants_that_cannot_be_are_usage_errors_that_say_why(string implants, string message)
    {
        Ran ran = await Ran.Of("simulate", "--hosts", "10", "--implants", implants, "--out", _folder["none"]);
        Assert.Equal(ExitCode.Usage, ran.Code);
        Assert.Contains(message, ran.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["none"]));
    }

    [Theory]
    [InlineData("--hosts", "0")]
    [InlineData("--hosts", "100001")]
    [InlineData("--days", "0")]
    [InlineData("--seed", "x")]
    public async Task Numbers_out_of_range_are_usage_errors(string option, string value)
    {
        Ran ran = await Ran.Of("simulate", option, value, "--out", _folder["none"]);
        Assert.Equal(ExitCode.Usage, ran.Code);
        Assert.Contains(option, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_folder_it_is_a_usage_error_and_one_that_cannot_be_written_is_1()
    {
        Assert.Equal(ExitCode.Usage, (await Ran.Of("simulate")).Code);
        Ran ran = await Ran.Of("simulate", "--hosts", "1", "--out", _folder.Write("taken", "x"));
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Contains("taken", ran.Error, StringComparison.Ordinal);
    }
}
