using System.Globalization;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.Baseline;

/// <summary>What ports, destinations, libraries, addresses and volumes of benign telemetry suggest.</summary>
internal static class NetworkProposals
{
    /// <summary>Flows a port needs before its encryption is learned.</summary>
    private const int MinFlows = 20;

    /// <summary>Share of a port's flows that must be of one encryption, percent.</summary>
    private const int MinSharePercent = 95;

    /// <summary>Channels a percentile needs.</summary>
    private const int MinChannels = 20;

    /// <summary>Total bytes from which a channel's ratio counts: the definition of TrafficAsymmetryRatio.</summary>
    private const long MinRatioBytes = 4096;

    /// <summary>Addresses of a host beyond which the record's own host is no one machine: a proxy or a collector.</summary>
    private const int MaxAddresses = 8;

    /// <summary>
    /// Ports of vCenter, NFC, syslog, time, names, storage, replication and the update depot. Source: VMware security configuration
    /// guides 6.0 to 6.7, firewall tables.
    /// </summary>
    private static readonly HashSet<ushort> ManagementPorts =
    [
        53, 80, 111, 123, 161, 427, 443, 514, 902, 1514, 2049, 2233, 3260, 5480, 5671, 6514, 8000, 8080, 8182, 8301, 8302, 9000, 9080,
            9084, 12321,
        31031, 44046,
    ];

    private static readonly (IpAddress Network, int Prefix)[] Private =
    [
        (IpAddress.Parse("10.0.0.0"), 8), (IpAddress.Parse("172.16.0.0"), 12), (IpAddress.Parse("192.168.0.0"), 16),
        (IpAddress.Parse("fc00::"), 7),
    ];

    /// <summary>All of them.</summary>
    public static BaselineResult Of(BaselineTally tally, DetectionSettings settings)
    {
        List<Proposal> proposals = [.. Ports(tally, settings), .. Resolvers(tally, settings), .. Libraries(tally, settings), .. Addresses(
            tally), .. Volumes(tally, settings)];
        List<Refusal> refusals = [];
        AddManagement(tally, settings, proposals, refusals);
        return new(proposals, refusals);
    }

    private static IEnumerable<Proposal> Ports(BaselineTally tally, DetectionSettings settings)
    {
        foreach (((ushort port, byte protocol), Dictionary<string, Support> seen) in tally.Ports)
        {
            long all = seen.Values.Sum(support => support.Count);
            (string encryption, Support support) = seen.OrderByDescending(entry => entry.Value.Count).ThenBy(
                entry => entry.Key, StringComparer.Ordinal).First();
            if (encryption.Length > 0 && all >= MinFlows && support.Count * 100 >= all * MinSharePercent && support.Hosts > 1
                && settings.Profile(port, protocol) is null)
            {
                yield return new(
                    nameof(DetectionSettings.PortProfiles),
                    string.Create(CultureInfo.InvariantCulture, $"{port}/{Protocols.Name(protocol)}"),
                    $"[\"{encryption}\"]",
                    string.Create(CultureInfo.InvariantCulture, $"{support.Count} of {all} flows are {encryption}, {support}"));
            }
        }
    }

    private static IEnumerable<Proposal> Resolvers(BaselineTally tally, DetectionSettings settings) =>
        tally.Resolvers.Where(entry => entry.Value.IsRepeated && !settings.DoHResolvers.Covers(default, entry.Key))
            .Select(
                entry => new Proposal(
                    nameof(DetectionSettings.DoHResolvers), null, $"\"{entry.Key}\"", $"TLS or QUIC on 443 or 853, {entry.Value}"));

    private static IEnumerable<Proposal> Libraries(BaselineTally tally, DetectionSettings settings) =>
        tally.Libraries
            .Where(entry => settings.CryptoWeight(TelemetryPlatform.Linux, Telemetry.Text.FilePaths.Name(entry.Key.Library)) > 0)
            .Where(entry => entry.Value.IsRepeated && LinuxPrograms.MayBeTrusted(entry.Key.Image, entry.Key.Library))
            .Where(entry => !settings.TrustedCryptoLibs.Any(pair => pair.Process.Matches(entry.Key.Image)
                && pair.Library.Matches(entry.Key.Library)))
            .Select(entry => new Proposal(
                nameof(DetectionSettings.TrustedCryptoLibs),
                null,
                $$"""{ "process": "{{entry.Key.Image}}", "library": "{{LinuxPrograms.LibraryPattern(entry.Key.Library)}}" }""",
                entry.Value.ToString()))
            .DistinctBy(proposal => proposal.Json);

    private static IEnumerable<Proposal> Addresses(BaselineTally tally) =>
        tally.Addresses.Where(entry => entry.Value.Count <= MaxAddresses).Select(entry => new Proposal(
            nameof(DetectionSettings.HostAddresses),
            entry.Key,
            $"[{string.Join(", ", entry.Value.Select(address => $"\"{address}\""))}]",
            "source addresses of its own connections"));

    private static IEnumerable<Proposal> Volumes(BaselineTally tally, DetectionSettings settings)
    {
        double[] ratios = [.. tally.Bytes.Values.Where(bytes => bytes.Out + bytes.In >= MinRatioBytes).Select(
            bytes => (double)bytes.Out / bytes.In).Order()];
        if (ratios.Length >= MinChannels && Math.Ceiling(Percentile(ratios, 99) * 10) / 10 is var ratio
            && ratio > settings.TrafficAsymmetryRatio)
        {
            yield return new(
                nameof(DetectionSettings.TrafficAsymmetryRatio), null, ratio.ToString("0.0", CultureInfo.InvariantCulture),
                string.Create(
                    CultureInfo.InvariantCulture, $"99 % of {ratios.Length} channels send less than that for each byte they receive"));
        }

        double[] volumes = [.. tally.VpnBytes.Values.Select(bytes => (double)bytes).Order()];
        if (volumes.Length >= MinChannels && (long)Percentile(volumes, 5) is var volume && volume > 0
            && volume < settings.TrafficVolumeThreshold)
        {
            yield return new(
                nameof(DetectionSettings.TrafficVolumeThreshold), null, volume.ToString(CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"95 % of {volumes.Length} VPN channels carry more"));
        }
    }

    private static void AddManagement(BaselineTally tally, DetectionSettings settings, List<Proposal> proposals, List<Refusal> refusals)
    {
        foreach (IGrouping<IpAddress, KeyValuePair<(IpAddress Ip, ushort Port), Support>> destination in tally.Management.GroupBy(
            entry => entry.Key.Ip))
        {
            if (settings.AllowedMgmtHosts.Covers(destination.Key, null))
            {
                continue;
            }

            string what = destination.Key.ToString();
            ushort[] odd = [.. destination.Select(entry => entry.Key.Port).Where(port => !ManagementPorts.Contains(port))];
            string? why = odd.Length > 0
                ? string.Create(
                    CultureInfo.InvariantCulture, $"port {odd[0]} is none of vSphere's management: a relay would look like that")
                : !Array.Exists(Private, network => destination.Key.IsIn(network.Network, network.Prefix))
                    ? "a public address: add it by hand if it is your update depot"
                : !destination.Any(entry => entry.Value.IsRepeated) ? "too little to learn from"
                : null;
            string seen = string.Join("; ", destination.Select(
                entry => string.Create(CultureInfo.InvariantCulture, $"port {entry.Key.Port} {entry.Value}")));
            if (why is null)
            {
                proposals.Add(new(nameof(DetectionSettings.AllowedMgmtHosts), null, $"\"{what}\"", seen));
            }
            else
            {
                refusals.Add(new(nameof(DetectionSettings.AllowedMgmtHosts), what, $"{why}; {seen}"));
            }
        }
    }

    /// <summary>The nearest rank of sorted values.</summary>
    private static double Percentile(double[] sorted, int percent) =>
        sorted[Math.Clamp((int)Math.Ceiling(sorted.Length * percent / 100.0) - 1, 0, sorted.Length - 1)];
}
