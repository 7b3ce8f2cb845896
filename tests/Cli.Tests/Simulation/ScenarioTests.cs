using System.Text;
using System.Text.Json;

namespace CipherWatch.Cli.Tests.Simulation;

/// <summary>
/// For every analytic and every log source that is named for it: the attack is found in that source alone, its benign twin is not, with
/// thousands of benign events around. What is found is recorded beside this file; <c>CIPHERWATCH_UPDATE_GOLDEN=1</c> writes it.
/// </summary>
public sealed class ScenarioTests(ScenarioFleet fleet) : IClassFixture<ScenarioFleet>
{
    private const int MinRecords = 2_000;
    private static readonly string[] Ranks = ["low", "medium", "high"];

    /// <summary>Analytic, source, its files, what the attack is named by, from which severity, and what its benign twin is named by.</summary>
    public static TheoryData<string, string, string, string, string, string> Rows { get; } = new()
    {
        { "AN0400", "sysmon", "day/sysmon-nxlog.json day/sysmon-winlogbeat.json day/sysmon-events.xml", "rc4-beacon", "medium", "Veeam.EndPoint.Service.exe" },
        { "AN0401", "auditd", "day/linux-audit.log", "python-pycryptodome", "medium", "/usr/bin/curl" },
        { "AN0401", "laurel", "day/linux-laurel.json", "python-pycryptodome", "medium", "/usr/bin/curl" },
        { "AN0401", "osquery", "day/linux-osquery.json", "python-pycryptodome", "medium", "/usr/sbin/bareos-fd" },
        { "AN0401", "syslog", "day/linux-syslog.log day/linux-audit.log", "ss-local", "medium", "openvpn" },
        { "AN0402", "unifiedlog", "day/macos-unified-log.ndjson", "/Users/Shared/.cloudsync/cloudsync", "medium", "git-remote-https" },
        { "AN0402", "unifiedlog-eslogger", "day/macos-unified-log.ndjson day/macos-eslogger.ndjson", "launchd-agent", "medium", "git-remote-https" },
        { "AN0403", "daemons", "hypervisor/esxi-daemons.log", "rhttpproxy", "medium", "vpxa" },
        { "AN0403", "esxcli", "hypervisor/esxi-connections.json", "esxi-reverse-tunnel", "medium", "vpxa" },
        { "AN0404", "flow", "day/joy.json", "203.0.113.", "low", "10.20.0.50:8086" },
        { "AN0404", "connections", "day/zeek-conn.edge-01.log day/zeek-ssl.edge-01.json day/payload-samples.edge-01.json", "203.0.113.", "medium", "10.20.0.30:443" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_attack_is_found_and_its_twin_is_not(string analytic, string source, string files, string attack, string severity, string twin)
    {
        string[] paths = [.. files.Split(' ').Select(file => fleet[file])];
        Ran ran = await Ran.Of(["detect", .. paths, "--out", "-", "--json", "--quiet"]);
        JsonElement[] lines = [.. ran.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.True(
            Math.Max(lines[^1].GetProperty("records").GetInt64(), lines[^1].GetProperty("observations").GetInt64()) >= MinRecords,
            "not a crowd to be found in");
        JsonElement[] found = [.. lines[..^1].Where(line => line.GetProperty("analyticId").GetString() == analytic)];

        string[] attacks = Attacks(attack, await Named(paths));
        Assert.NotEmpty(attacks);
        foreach (string name in attacks)
        {
            Assert.Contains(found, detection => Name(detection) == name
                && Array.IndexOf(Ranks, detection.GetProperty("severity").GetString()) >= Array.IndexOf(Ranks, severity));
        }

        Assert.Contains(await Named(paths), name => name.Contains(twin, StringComparison.Ordinal));
        Assert.DoesNotContain(found, detection => Name(detection).Contains(twin, StringComparison.Ordinal));
        AssertGolden($"{analytic}-{source}.txt", found);
    }

    /// <summary>What the attack is called in findings: by the ground truth where it is a kind of implant, else as it is.</summary>
    private string[] Attacks(string attack, HashSet<string> named) =>
    [
        .. fleet.Truth.Where(row => row["label"] == "c2" && row["kind"] == attack).Select(row => $"{row["host"]} {row["image"]}")
            .Concat(named.Where(name => name.EndsWith(" " + attack, StringComparison.Ordinal)
                || (name.StartsWith(attack, StringComparison.Ordinal) && fleet.Truth.Any(row => row["label"] == "c2" && row["destination"] == name))))
            .Where(named.Contains).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Processes with a connection, and destinations of flows, that the files tell of.</summary>
    private static async Task<HashSet<string>> Named(string[] paths)
    {
        HashSet<string> names = [];
        foreach (string line in (await Ran.Of(["normalize", .. paths, "--quiet"])).Lines)
        {
            JsonElement observation = JsonDocument.Parse(line).RootElement;
            if (!observation.TryGetProperty("flow", out JsonElement flow))
            {
                continue;
            }

            if (observation.TryGetProperty("process", out JsonElement process) && process.TryGetProperty("image", out JsonElement image))
            {
                names.Add($"{observation.GetProperty("host").GetString()} {image.GetString()}");
            }
            else if (flow.TryGetProperty("dstIp", out JsonElement ip))
            {
                names.Add($"{ip.GetString()}:{flow.GetProperty("dstPort").GetInt32()}");
            }
        }

        return names;
    }

    private static string Name(JsonElement detection) => detection.TryGetProperty("process", out JsonElement process)
        ? $"{detection.GetProperty("host").GetString()} {process.GetProperty("image").GetString()}"
        : $"{detection.GetProperty("destination").GetProperty("ip").GetString()}:{detection.GetProperty("destination").GetProperty("port").GetInt32()}";

    private static void AssertGolden(string file, JsonElement[] found)
    {
        StringBuilder text = new();
        foreach (JsonElement detection in found)
        {
            IEnumerable<string> evidence = detection.GetProperty("evidence").EnumerateArray()
                .Select(piece => $"{piece.GetProperty("kind").GetString()} {piece.GetProperty("weight").GetInt32()}");
            text.Append(FormattableString.Invariant(
                $"{detection.GetProperty("severity").GetString()} {detection.GetProperty("confidence").GetInt32()} {detection.GetProperty("technique").GetString()} "))
                .Append(Name(detection)).Append(": ").Append(detection.GetProperty("title").GetString()).Append('\n')
                .Append("  ").AppendJoin(", ", evidence).Append('\n');
        }

        string path = Path.Combine(Root(), "tests", "Cli.Tests", "Simulation", "Scenarios", file);
        if (Environment.GetEnvironmentVariable("CIPHERWATCH_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, text.ToString());
        }

        Assert.True(File.Exists(path), $"{path} is not there: look at what is found, and record it with CIPHERWATCH_UPDATE_GOLDEN=1.");
        Assert.Equal(File.ReadAllText(path), text.ToString());
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Join(folder.FullName, "CipherWatch.slnx")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
