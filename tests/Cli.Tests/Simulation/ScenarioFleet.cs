using System.Globalization;
using System.Text.Json;

namespace CipherWatch.Cli.Tests.Simulation;

/// <summary>The telemetry of the golden scenarios: two days of twenty hosts, and five days of one hypervisor and its neighbours.</summary>
public sealed class ScenarioFleet : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>A row of the ground truth, by column, of either fleet.</summary>
    public IReadOnlyList<Dictionary<string, string>> Truth { get; private set; } = [];

    /// <summary>The path of a file: <c>day/…</c> or <c>hypervisor/…</c>.</summary>
    public string this[string name] => _folder[name];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await Ran.Of(
            "simulate", "--hosts", "20", "--days", "2", "--seed", "17", "--implants", "rc4-beacon:3,python-pycryptodome:3,launchd-agent:2", "--out",
            _folder["day"], "--quiet");
        await Ran.Of(
            "simulate", "--hosts", "4", "--days", "5", "--seed", "18", "--implants", "esxi-reverse-tunnel", "--out", _folder["hypervisor"],
            "--quiet");
        Truth = [.. await Rows("day"), .. await Rows("hypervisor")];

        // What the simulation has no program for: a relay and a VPN that a daemon's log tells of, a daemon of the hypervisor that leaves
        // its management and one that does not, and flows as an exporter of byte distributions has them.
        await Append("day/linux-syslog.log", Syslog());
        await Append("hypervisor/esxi-daemons.log", Daemons());
        string[] samples = await File.ReadAllLinesAsync(_folder["day/payload-samples.edge-01.json"]);
        await File.WriteAllLinesAsync(_folder["day/joy.json"], samples.Select(Joy).OfType<string>());
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<IEnumerable<Dictionary<string, string>>> Rows(string fleet)
    {
        string[][] rows = [.. (await File.ReadAllLinesAsync(_folder[fleet + "/truth.tsv"])).Select(line => line.Split('\t'))];
        return rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary(cell => cell.First, cell => cell.Second));
    }

    private Task Append(string name, IEnumerable<string> lines) => File.AppendAllLinesAsync(_folder[name], lines);

    private static IEnumerable<string> Syslog()
    {
        yield return "2026-03-10T09:00:00.100000+00:00 srv-web-0002 ss-local[7001]: INFO: initializing ciphers... chacha20-ietf-poly1305";
        for (int minute = 1; minute < 40; minute++)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"2026-03-10T09:{minute:00}:11.000000+00:00 srv-web-0002 ss-local[7001]: INFO: connect to 203.0.113.177:8388");
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"2026-03-10T09:{minute:00}:12.000000+00:00 srv-web-0002 openvpn[7100]: TCPv4_CLIENT link remote: [AF_INET]192.0.2.121:1194");
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"2026-03-10T09:{minute:00}:13.000000+00:00 srv-web-0002 openvpn[7100]: [vpn.corp.example] Peer Connection Initiated with [AF_INET]192.0.2.121:1194");
        }
    }

    private static IEnumerable<string> Daemons()
    {
        foreach ((string daemon, string peer) in ((string, string)[])[("rhttpproxy", "203.0.113.178 : 8444"), ("vpxa", "10.20.0.20 : 443")])
        {
            for (int minute = 0; minute < 30; minute++)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"<166>2026-03-12T10:{minute:00}:21.500Z esx-0004.corp.example {daemon}: info {daemon}[2099700] [Originator@6876 sub=IO.Connection] Attempting connection; <resolver p:0x0000000004a7b1f0, '{peer.Replace(" ", string.Empty, StringComparison.Ordinal)}', next:<TCP '{peer}'>>");
            }
        }
    }

    /// <summary>
    /// A payload sample as a flow record of Joy with its byte distribution: the same bytes, and nothing of their order. Null for TLS,
    /// which an exporter that sees byte distributions tells apart itself.
    /// </summary>
    private static string? Joy(string sample)
    {
        using JsonDocument document = JsonDocument.Parse(sample);
        JsonElement fields = document.RootElement;
        byte[] bytes = fields.GetProperty("bytes").GetBytesFromBase64();
        if (bytes is [0x16 or 0x17, 0x03, ..])
        {
            return null;
        }

        int[] distribution = new int[256];
        foreach (byte value in bytes)
        {
            distribution[value]++;
        }

        double time = (fields.GetProperty("time").GetDateTimeOffset() - DateTimeOffset.UnixEpoch).TotalSeconds;
        bool isOut = fields.GetProperty("direction").GetString() == "out";
        (string source, string destination) = isOut ? ("src", "dst") : ("dst", "src");
        Dictionary<string, object?> record = new()
        {
            ["sa"] = fields.GetProperty(source + "Ip").GetString(),
            ["da"] = fields.GetProperty(destination + "Ip").GetString(),
            ["pr"] = fields.GetProperty("protocol").GetString() == "tcp" ? 6 : 17,
            ["sp"] = fields.GetProperty(source + "Port").GetInt32(),
            ["dp"] = fields.GetProperty(destination + "Port").GetInt32(),
            ["bytes_out"] = fields.GetProperty("length").GetInt32(),
            ["num_pkts_out"] = 3,
            ["bytes_in"] = 0,
            ["num_pkts_in"] = 2,
            ["time_start"] = time,
            ["time_end"] = time + 1,
            ["byte_dist"] = distribution,
        };
        return JsonSerializer.Serialize(record);
    }
}
