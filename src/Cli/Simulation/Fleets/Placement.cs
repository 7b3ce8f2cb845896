using CipherWatch.Cli.Simulation.Implants;
using CipherWatch.Cli.Simulation.Model;
using CipherWatch.Cli.Usage;

namespace CipherWatch.Cli.Simulation.Fleets;

/// <summary>Puts implants on hosts: each on one of its own, as the seed decides.</summary>
internal static class Placement
{
    /// <summary>Places so many of each kind.</summary>
    /// <param name="wanted">Kinds and how many of each.</param>
    /// <param name="sites">The fleet.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="UsageException">There are fewer hosts of a platform than implants for it.</exception>
    public static IReadOnlyList<Implant> Place(
        IReadOnlyList<(ImplantKind Kind, int Count)> wanted, IReadOnlyList<FleetSite> sites, ulong seed)
    {
        Dictionary<HostPlatform, List<Spot>> free = sites
            .SelectMany(site => site.Hosts.Select(host => new Spot(host, site)))
            .GroupBy(place => place.Host.Platform)
            .ToDictionary(group => group.Key, group => Shuffled(group, SimulationRandom.Of(seed, 55, (int)group.Key)));
        List<Implant> placed = [];

        // Kinds that need two hosts first: they need neighbours, which run short.
        foreach ((ImplantKind kind, int count) in wanted.OrderByDescending(entry => entry.Kind.Hosts))
        {
            for (int copy = 0; copy < count; copy++)
            {
                placed.Add(PlaceOne(kind, placed.Count, free.GetValueOrDefault(kind.Platform) ?? [], seed));
            }
        }

        return placed;
    }

    private static Implant PlaceOne(ImplantKind kind, int number, List<Spot> free, ulong seed)
    {
        foreach ((SimulatedHost host, FleetSite site) in free)
        {
            if (kind.Hosts == 1)
            {
                free.Remove(new(host, site));
                return new(kind, number, seed, host, null, site.IsSampled);
            }

            // The relay is simulated after the host that connects to it: it stands behind it in the site.
            SimulatedHost? relay = free.Find(other => other.Site == site && other.Host.Number > host.Number)?.Host;
            if (relay is not null)
            {
                free.Remove(new(host, site));
                free.Remove(new(relay, site));
                return new(kind, number, seed, host, relay, site.IsSampled);
            }
        }

        string needs = kind.Hosts == 1 ? "a host" : "two hosts of a site";
        throw new UsageException(
            $"--implants: the fleet has too few {Word(kind.Platform)} hosts for '{kind.Name}': every implant has {needs} of its own. "
            + "Ask for more --hosts.");
    }

    private static string Word(HostPlatform platform) => platform switch
    {
        HostPlatform.MacOs => "macOS",
        HostPlatform.Esxi => "ESXi",
        _ => platform.ToString(),
    };

    private static List<T> Shuffled<T>(IEnumerable<T> items, SimulationRandom random)
    {
        List<T> shuffled = [.. items];
        for (int last = shuffled.Count - 1; last > 0; last--)
        {
            int other = random.Between(0, last + 1);
            (shuffled[last], shuffled[other]) = (shuffled[other], shuffled[last]);
        }

        return shuffled;
    }

    private sealed record Spot(SimulatedHost Host, FleetSite Site);
}
