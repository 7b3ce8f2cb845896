using System.Globalization;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Evidence;

/// <summary>What the destinations of a process add to a detection.</summary>
internal static class DestinationEvidence
{
    /// <summary>Connections of a day from which they are many, where they go to few. Measured: all of the C2, no other.</summary>
    private const int MinConnections = 8;

    /// <summary>Destinations that are few.</summary>
    public const int MaxDestinations = 2;

    /// <summary>Share of the weight where names behind a proxy are the process's by its host's address and the time only.</summary>
    private const int LoosePercent = 60;

    private const int FullPercent = 100;

    /// <summary>Whether the names of destinations may say that they are few, or whom a proxy hides.</summary>
    /// <param name="suspects">The destinations.</param>
    /// <param name="odd">Whether it matters: the program is odd for another reason.</param>
    public static bool NeedsNames(IReadOnlyList<DestinationDay> suspects, bool odd) => odd
        && (suspects.Any(destination => destination.IsProxy)
            || (suspects.Count > MaxDestinations && suspects.Sum(destination => destination.Count) >= MinConnections));

    /// <summary>Adds concentration, where the program is odd for another reason, and odd ports; says whether it is concentrated.</summary>
    /// <param name="evidence">Where it is added.</param>
    /// <param name="suspects">The destinations.</param>
    /// <param name="names">Names of those outside, where they are known of nearly all connections.</param>
    /// <param name="isExpected">Whether a port is on a profile, or of the platform's own.</param>
    /// <param name="odd">Whether the program is odd for another reason.</param>
    public static bool Add(
        EvidenceList evidence, IReadOnlyList<DestinationDay> suspects, IReadOnlyList<ReachedName> names,
        Func<ushort, byte, bool> isExpected, bool odd)
    {
        long all = suspects.Sum(destination => destination.Count);
        long connections = suspects.Sum(destination => destination.KnownCount);

        // A name is one destination, at however many addresses it is; where they are few by address nothing is gained.
        int addresses = Different(suspects);
        int byName = names.Count == 0 ? addresses
            : names.Count + Different(suspects.Where(destination => destination.IsProxy || destination.Ip.IsPrivate));
        int hosts = Math.Min(addresses, byName);

        // Of connections behind a proxy half must be known: the rest may go anywhere.
        bool concentrated = connections >= MinConnections && hosts <= MaxDestinations && connections * 2 >= all;
        if (concentrated && odd)
        {
            evidence.Add(
                EvidenceKind.FewDestinations,
                (suspects.All(destination => destination.IsExact) ? string.Empty : "about ")
                    + string.Create(CultureInfo.InvariantCulture, $"{connections} connections to {hosts} destination(s) in one day")
                    + (byName < addresses ? ByName(names, addresses) : string.Empty),
                suspects.Min(destination => destination.Times[0]), suspects.SelectMany(destination => destination.Observations),
                suspects.SelectMany(destination => destination.Reached).Concat(byName < addresses ? names : []).Any(name => name.IsLoose)
                    ? LoosePercent : FullPercent);
        }

        DestinationDay? off = suspects.FirstOrDefault(destination => !destination.AllPorts(isExpected));
        if (off is not null)
        {
            evidence.Add(
                EvidenceKind.OddPort,
                off.IsProxy ? $"{off.Where}: the port is on no profile"
                    : $"{off.Where}/{Protocols.Name(off.Protocol)} is on no port profile",
                off.Times[0], off.Observations);
        }

        return concentrated;
    }

    private static int Different(IEnumerable<DestinationDay> destinations) =>
        destinations.SelectMany(destination => destination.Called).Distinct(StringComparer.OrdinalIgnoreCase).Count();

    private static string ByName(IReadOnlyList<ReachedName> names, int addresses) => string.Create(
        CultureInfo.InvariantCulture, $", by name: {string.Join(" and ", names.Select(name => name.Name))}, at {addresses} addresses");
}
