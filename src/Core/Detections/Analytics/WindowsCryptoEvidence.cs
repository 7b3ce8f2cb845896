using System.Globalization;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Analytics;

/// <summary>The symmetric cryptography that a Windows process mapped, and how its time lies to the connections.</summary>
internal static class WindowsCryptoEvidence
{
    /// <summary>Adds it; says whether there is any that weighs something.</summary>
    public static bool Add(EvidenceList evidence, ProcessFacts facts, DetectionSettings settings, DayConnections day, ProcessPattern? allowed)
    {
        (ModuleFacts Module, int Weight)[] crypto =
        [
            .. facts.Modules.Select(module => (module, settings.CryptoWeight(TelemetryPlatform.Windows, module.Name)))
                .Where(entry => entry.Item2 > 0),
        ];
        if (crypto.Length == 0)
        {
            return false;
        }

        string names = string.Join(", ", crypto.Select(entry => entry.Module.Name));
        if (allowed is not null)
        {
            evidence.Add(EvidenceKind.AllowedProcess, $"Loads {names}, which AllowedCryptoProcesses expects of {allowed.Image}");
            return false;
        }

        (TimeSpan gap, ModuleFacts nearest, DateTimeOffset? time) = Nearest(crypto, facts, day);
        bool within = gap <= settings.TimeWindow;
        string when = time is null
            ? "how long from a connection is not known, since the connections' times lie outside the process's life"
            : string.Create(CultureInfo.InvariantCulture, $"{nearest.Name} {gap.TotalSeconds:0.###} s from a connection");
        evidence.Add(
            within ? EvidenceKind.CryptoLoad : EvidenceKind.CryptoLoadEarlier,
            $"Loads {names}; {when}",
            time ?? facts.Clock.Resolve(nearest.Loads.First!.Value.Time), crypto.SelectMany(entry => entry.Module.Loads.Sample.Select(seen => seen.Id)), crypto.Max(entry => entry.Weight));
        return evidence.Has(within ? EvidenceKind.CryptoLoad : EvidenceKind.CryptoLoadEarlier);
    }

    /// <summary>The load and the connection that lie nearest together, either way: records of one process arrive seconds out of order.</summary>
    private static (TimeSpan Gap, ModuleFacts Module, DateTimeOffset? Time) Nearest(
        (ModuleFacts Module, int Weight)[] crypto, ProcessFacts facts, DayConnections day)
    {
        DateTimeOffset[] connections = [.. day.Destinations.SelectMany(destination => destination.Believed).Order()];
        (TimeSpan Gap, ModuleFacts Module, DateTimeOffset? Time) nearest = (TimeSpan.MaxValue, crypto[0].Module, null);
        foreach ((ModuleFacts module, _) in crypto)
        {
            foreach (Sighting load in module.Loads.Sample.Append(module.Loads.First!.Value).Append(module.Loads.Last!.Value))
            {
                DateTimeOffset time = facts.Clock.Resolve(load.Time);
                int index = Array.BinarySearch(connections, time);
                index = index < 0 ? ~index : index;
                for (int near = Math.Max(0, index - 1); near <= Math.Min(connections.Length - 1, index); near++)
                {
                    TimeSpan gap = (connections[near] - time).Duration();
                    nearest = gap < nearest.Gap || (gap == nearest.Gap && time < nearest.Time) ? (gap, module, time) : nearest;
                }
            }
        }

        return nearest;
    }
}
