using System.Text.Json;
using CipherWatch.Cli.Tests.Verbs;
using CipherWatch.Core.Telemetry.Formats;

namespace CipherWatch.Cli.Tests.Simulation;

/// <summary>Whether the telemetry is in formats that are read: nothing of it may be a dead letter.</summary>
public sealed class FormatTests(FleetFolder fleet) : IClassFixture<FleetFolder>
{
    /// <summary>Each source's file, the name its records are counted by, and the reader it waits for where there may be none.</summary>
    public static TheoryData<string, string, string?> Sources => new()
    {
        { "sysmon-nxlog.json", "sysmon", null },
        { "sysmon-winlogbeat.json", "sysmon", null },
        { "sysmon-events.xml", "sysmon", null },
        { "zeek-conn.edge-01.log", "zeek", null },
        { "zeek-ssl.edge-01.json", "zeek", null },
        { "payload-samples.edge-01.json", "payloadSample", null },
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
    public async Task Every_record_is_observed_or_skipped(string file, string source, string? format)
    {
        Assert.SkipUnless(format is null || FormatNames.All.Contains(format), $"No reader of {format} here.");
        JsonElement summary = (await Ran.Of("detect", Path.Join(fleet.Telemetry, file), "--json")).Json;
        Assert.Equal(0, summary.GetProperty("deadLettered").GetInt32());
        Assert.True(summary.GetProperty("observed").GetInt32() > 0);
        Assert.True(summary.GetProperty("bySource").TryGetProperty(source, out _), summary.GetProperty("bySource").ToString());
    }

    [Fact]
    public async Task The_folder_is_read_without_its_ground_truth()
    {
        Ran ran = await Ran.Of("detect", fleet.Telemetry, "--json");
        Assert.Contains("truth.tsv: not read", ran.Error, StringComparison.Ordinal);
    }
}
