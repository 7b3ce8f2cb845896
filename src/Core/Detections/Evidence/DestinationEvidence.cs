using System.Globalization;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Evidence;

/// <summary>What the destinations of a process add to a detection.</summary>
internal static class DestinationEvidence
{
    /// <summary>Connections of a day from which they are many, where they go to few. Measured: all of the C2, no other.</summary>
    private const int MinConnections = 8;

    private const int MaxDestinations = 2;

    /// <summary>Adds concentration, where the program is odd for another reason, and odd ports; says whether it is concentrated.</summary>
    /// <param name="evidence">Where it is added.</param>
    /// <param name="suspects">The destinations.</param>
    /// <param name="isExpected">Whether a port is on a profile, or of the platform's own.</param>
    /// <param name="odd">Whether the program is odd for another reason.</param>
    public static bool Add(EvidenceList evidence, IReadOnlyList<DestinationDay> suspects, Func<ushort, byte, bool> isExpected, bool odd)
    {
        long connections = suspects.Sum(destination => destination.Count);
        int hosts = suspects.Select(destination => destination.Ip).Distinct().Count();
        bool concentrated = connections >= MinConnections && hosts <= MaxDestinations;
        if (concentrated && odd)
        {
            evidence.Add(
                EvidenceKind.FewDestinations,
                (suspects.All(destination => destination.IsExact) ? string.Empty : "about ")
                    + string.Create(CultureInfo.InvariantCulture, $"{connections} connections to {hosts} destination(s) in one day"),
                suspects.Min(destination => destination.Times[0]), suspects.SelectMany(destination => destination.Observations));
        }

        DestinationDay? off = suspects.FirstOrDefault(destination => !isExpected(destination.Port, destination.Protocol));
        if (off is not null)
        {
            evidence.Add(
                EvidenceKind.OddPort,
                $"{off.Where}/{Protocols.Name(off.Protocol)} is on no port profile",
                off.Times[0], off.Observations);
        }

        return concentrated;
    }
}
