using System.Text.Json;
using CipherWatch.Cli.Tests.Verbs;
using CipherWatch.Core.Telemetry.Formats;

namespace CipherWatch.Cli.Tests.Simulation;

/// <summary>Whether the telemetry is in formats that are read: nothing of it may be a dead letter.</summary>
public sealed class FormatTests(FleetFolder fleet) : IClassFixture<FleetFolder>
{
    /// <summary>Each source's file, the name its records are counted by, and the format that reads it.</summary>
    public static TheoryData<string, string, string> Sources => new()
    {
        { "sysmon-nxlog.json", "sysmon", "nxlog" },
        { "sysmon-winlogbeat.json", "sysmon", "winlogbeat" },
        { "sysmon-events.xml", "sysmon", "evtx-xml" },
        { "zeek-conn.edge-01.log", "zeek", "zeek" },
        { "zeek-ssl.edge-01.json", "zeek", "zeek" },
        { "payload-samples.edge-01.json", "payloadSample", "payload-sample" },
        { "linux-audit.log", "auditd", "auditd" },
        { "linux-laurel.json", "auditd", "laurel" },
        { "linux-osquery.json", "osquery", "osquery" },
        { "linux-syslog.log", "syslog", "syslog" },
        { "macos-unified-log.ndjson", "unifiedLog", "unified-log" },
        { "macos-eslogger.ndjson", "endpointSecurity", "eslogger" },
        { "esxi-daemons.log", "esxi", "esxi" },
        { "esxi-connections.json", "esxcli", "esxcli" },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Every_record_is_observed_or_skipped(string file, string source, string format)
    {
        Assert.SkipUnless(FormatNames.All.Contains(format), $"No reader of {format} here.");
        JsonElement summary = (await Ran.Of("detect", Path.Join(fleet.Telemetry, file), "--json")).Json;
        Assert.Equal(0, summary.GetProperty("deadLettered").GetInt32());
        Assert.True(summary.GetProperty("observed").GetInt32() > 0);
        Assert.Equal(summary.GetProperty("records").GetInt32(), summary.GetProperty("bySource").EnumerateObject().Sum(entry => entry.Value.GetInt32()));
        Assert.True(summary.GetProperty("bySource").TryGetProperty(source, out _), summary.GetProperty("bySource").ToString());
    }

    [Fact]
    public async Task The_folder_is_read_without_its_ground_truth()
    {
        Ran ran = await Ran.Of("detect", fleet.Telemetry, "--json");
        Assert.Contains("truth.tsv: not read", ran.Error, StringComparison.Ordinal);
    }
}
