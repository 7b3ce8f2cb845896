using System.Text.Json;
using CipherWatch.Cli.Tests.Verbs;

namespace CipherWatch.Cli.Tests.Simulation;

/// <summary>The ground truth of a simulated fleet, against its telemetry.</summary>
public sealed class GroundTruthTests(FleetFolder fleet) : IClassFixture<FleetFolder>
{
    private static readonly string[] Controls = ["esxi-ssh-tunnel", "tls-beacon", "plain-shell"];

    [Fact]
    public void Every_kind_of_implant_has_its_rows()
    {
        foreach (string kind in FleetFolder.Kinds)
        {
            Dictionary<string, string>[] rows = [.. fleet.Truth.Where(row => row["kind"] == kind && row["label"] != "background")];
            Assert.NotEmpty(rows);
            string expected = Controls.Contains(kind) ? "attack" : "c2";
            int processes = rows.Count(row => row["label"] == expected);
            Assert.Equal(kind is "smb-relay" or "tcp-relay" ? 2 : kind is "plain-shell" or "esxi-ssh-tunnel" ? processes : 1, processes);
        }
    }

    [Fact]
    public void Rows_name_one_process_each_and_a_process_once()
    {
        string[] identities = [.. fleet.Truth.Select(row => $"{row["host"]}|{row["process_guid"]}|{row["pid"]}")];
        Assert.Equal(identities.Length, identities.Distinct().Count());
        Assert.All(fleet.Truth, row => Assert.Contains(row["label"], (string[])["c2", "attack", "background"]));
        Assert.All(fleet.Truth, row => Assert.True(row["label"] != "background" || row["destination"].Length == 0));
    }

    [Fact]
    public async Task Every_process_that_Sysmon_saw_connect_out_has_a_row()
    {
        HashSet<string> known = [.. fleet.Truth.Select(row => row["process_guid"])];
        int connections = 0;
        foreach (JsonElement observation in await Observations("sysmon-nxlog.json"))
        {
            if (observation.GetProperty("kind").GetString() == "connection"
                && observation.GetProperty("flow").GetProperty("direction").GetString() == "outbound")
            {
                connections++;
                Assert.Contains(observation.GetProperty("process").GetProperty("guid").GetString()!, known);
            }
        }

        Assert.True(connections > 1_000, $"{connections} connections");
    }

    [Fact]
    public async Task Every_server_of_an_implant_is_in_the_flows()
    {
        HashSet<string> servers = [.. fleet.Truth.Where(row => row["label"] == "c2" && IsServer(row)).Select(row => row["destination"])];
        Assert.True(servers.Count >= 12, string.Join(' ', servers));
        HashSet<string> seen = [];
        foreach (JsonElement observation in await Observations("zeek-conn.edge-01.log"))
        {
            JsonElement flow = observation.GetProperty("flow");
            seen.Add($"{flow.GetProperty("dstIp").GetString()}:{flow.GetProperty("dstPort").GetInt32()}");
        }

        Assert.Subset(seen, servers);
    }

    [Fact]
    public async Task Evaluate_reads_it()
    {
        string truth = Path.Join(fleet.Telemetry, "truth.tsv");
        string flows = Path.Join(fleet.Telemetry, "zeek-conn.edge-01.log");
        JsonElement result = (await Ran.Of("evaluate", flows, "--truth", truth, "--json")).Json;
        int implants = fleet.Truth.Count(row => row["label"] == "c2");
        Assert.Equal(implants, result.GetProperty("rules")[0].GetProperty("recall").GetProperty("of").GetInt32());
        Assert.Equal(12, result.GetProperty("byKind").GetArrayLength());
        Assert.Contains(fleet.Truth, row => row["evidence"] == "payload,library,program");
    }

    private static bool IsServer(Dictionary<string, string> row) =>
        row["destination"].StartsWith("203.0.113.", StringComparison.Ordinal);

    private async Task<IReadOnlyList<JsonElement>> Observations(string file)
    {
        Ran ran = await Ran.Of("normalize", Path.Join(fleet.Telemetry, file), "--quiet");
        return [.. ran.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
