using System.Text.Json;
using CipherWatch.Cli.Tests.Verbs;

namespace CipherWatch.Cli.Tests.Simulation;

/// <summary>Whether the telemetry is in formats that are read: nothing of it may be a dead letter.</summary>
public sealed class FormatTests(FleetFolder fleet) : IClassFixture<FleetFolder>
{
    /// <summary>Each source's file, and the name its records are counted by.</summary>
    public static TheoryData<string, string> Sources => new()
    {
        { "sysmon-nxlog.json", "sysmon" },
        { "sysmon-winlogbeat.json", "sysmon" },
        { "sysmon-events.xml", "sysmon" },
        { "zeek-conn.edge-01.log", "zeek" },
        { "zeek-ssl.edge-01.json", "zeek" },
        { "payload-samples.edge-01.json", "payloadSample" },
        { "linux-audit.log", "auditd" },
        { "linux-laurel.json", "auditd" },
        { "linux-osquery.json", "osquery" },
        { "linux-syslog.log", "syslog" },
        { "macos-unified-log.ndjson", "unifiedLog" },
        { "macos-eslogger.ndjson", "endpointSecurity" },
        { "esxi-daemons.log", "esxi" },
        { "esxi-connections.json", "esxcli" },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Every_record_is_observed_or_skipped(string file, string source)
    {
        JsonElement summary = (await Ran.Of("detect", Path.Join(fleet.Telemetry, file), "--json")).Json;
        Assert.Equal(0, summary.GetProperty("deadLettered").GetInt32());
        Assert.True(summary.GetProperty("observed").GetInt32() > 0);
        Assert.True(summary.GetProperty("bySource").TryGetProperty(source, out _), summary.GetProperty("bySource").ToString());
    }

    [Fact]
    public async Task The_folder_is_read_without_its_ground_truth_and_nothing_of_it_is_a_dead_letter()
    {
        Ran ran = await Ran.Of("detect", fleet.Telemetry, "--json");
        Assert.Contains("as it is ground truth: ", ran.Error, StringComparison.Ordinal);
        Assert.Equal(0, ran.Json.GetProperty("deadLettered").GetInt32());
        Assert.False(ran.Json.GetProperty("bySource").TryGetProperty("unrecognised", out _));
    }
}
