using System.Globalization;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Fleets;

/// <summary>Makes the hosts of a fleet: the same for a number of hosts, whatever the seed.</summary>
internal static class FleetHosts
{
    /// <summary>
    /// Platforms in turn: of twenty hosts fourteen with Windows, three with Linux, two with macOS, one ESXi, and of the first four
    /// one each.
    /// The mixture of an enterprise as management vendors report it: mostly Windows, about a tenth macOS, servers mostly Linux.
    /// </summary>
    private const string Mixture = "WLMEWWWWWWLWWWWMLWWW";

    private const int SitesOfSecondByte = 200;
    private const int FirstAddress = 10;

    private static readonly HostRendering[] Windows = [HostRendering.NxLog, HostRendering.Winlogbeat, HostRendering.EventXml];

    private static readonly HostRendering[] Linux = [HostRendering.Auditd, HostRendering.Laurel, HostRendering.Osquery];

    private static readonly TimeSpan[] Zones = [TimeSpan.FromHours(1), TimeSpan.Zero, TimeSpan.FromHours(-5), TimeSpan.FromHours(5.5)];

    private static readonly string[] Departments = ["finance", "sales", "design", "support", "legal", "production", "reception",
        "research"];

    private static readonly string[] Roles = ["web", "db", "build", "dev"];

    private static readonly string[] Users =
        ["j.lind", "m.ortega", "a.okafor", "s.haddad", "k.novak", "r.tanaka", "l.bianchi", "p.dubois", "e.nilsen", "t.kowalski",
            "d.silva", "i.petrov", "f.ahmed"];

    /// <summary>The sites of a fleet.</summary>
    public static IReadOnlyList<FleetSite> Sites(int hosts)
    {
        int[] counts = new int[4];
        List<FleetSite> sites = [];
        for (int first = 0; first < hosts; first += FleetSite.MaxHosts)
        {
            int site = sites.Count;
            sites.Add(new(site,
                [.. Enumerable.Range(first, Math.Min(FleetSite.MaxHosts, hosts - first)).Select(index => Host(index, site, counts))]));
        }

        return sites;
    }

    private static SimulatedHost Host(int index, int site, int[] counts)
    {
        HostPlatform platform = Mixture[index % Mixture.Length] switch
        {
            'L' => HostPlatform.Linux,
            'M' => HostPlatform.MacOs,
            'E' => HostPlatform.Esxi,
            _ => HostPlatform.Windows,
        };
        int number = counts[(int)platform]++;
        string user = Users[(index * 5) % Users.Length];
        string address = string.Create(
            CultureInfo.InvariantCulture,
            $"10.{21 + (site / SitesOfSecondByte)}.{site % SitesOfSecondByte}.{FirstAddress + (index % FleetSite.MaxHosts)}");
        TimeSpan zone = Zones[site % Zones.Length];
        return platform switch
        {
            HostPlatform.Windows => new(Name("ws-" + Departments[number % Departments.Length], index), address, $@"CORP\{user}",
                Windows[number % Windows.Length], zone, number),
            HostPlatform.Linux => new(Name("srv-" + Roles[number / 3 % Roles.Length], index), address,
                user.Replace(".", string.Empty, StringComparison.Ordinal), Linux[number % Linux.Length], TimeSpan.Zero, number),
            HostPlatform.MacOs => new(Name("mac-" + Departments[number % Departments.Length], index), address,
                user.Replace(".", string.Empty, StringComparison.Ordinal), HostRendering.UnifiedLog, zone, number),
            _ => new(Name("esx", index), address, "root", HostRendering.Esxi, TimeSpan.Zero, number),
        };
    }

    private static string Name(string role, int index) => string.Create(CultureInfo.InvariantCulture, $"{role}-{index + 1:0000}");
}
