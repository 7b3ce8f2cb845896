using System.Globalization;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Evidence;

namespace CipherWatch.Core.Detections.Analytics;

/// <summary>The symmetric cryptography that a process mapped or called, and how its time lies to the connections.</summary>
internal static class CryptoEvidence
{
    /// <summary>Adds it; says whether there is any that weighs something.</summary>
    public static bool Add(ProcessDay day, ProcessRules rules)
    {
        (ModuleFacts Module, int Weight)[] crypto =
        [
            .. day.Facts.Modules.Select(module => (module, rules.CryptoPercent(module, day))).Where(entry => entry.Item2 > 0),
        ];
        if (crypto.Length == 0)
        {
            return false;
        }

        if (day.Allowed is { } allowed)
        {
            day.Settings.Use?.Exempted(allowed, day.Facts.Key.Value);
            day.Evidence.Add(
                EvidenceKind.AllowedProcess, $"Loads {Names(crypto)}, which AllowedCryptoProcesses expects of {allowed.Image}");
            return false;
        }

        (ModuleFacts Module, int Weight)[] trusted = [.. crypto.Where(entry => rules.Trusts(entry.Module, day) is not null)];
        if (trusted.Length > 0)
        {
            foreach ((ModuleFacts module, _) in trusted)
            {
                day.Settings.Use?.Exempted(rules.Trusts(module, day)!, day.Facts.Key.Value);
            }

            day.Evidence.Add(
                EvidenceKind.TrustedLibrary, $"Loads {Names(trusted)}, with which TrustedCryptoLibs trusts {day.Image}");
        }

        (ModuleFacts Module, int Weight)[] ciphers = [.. crypto.Except(trusted).Where(entry => rules.IsCipher(entry.Module.Name))];
        bool cipher = ciphers.Length > 0 && Add(day, ciphers, isCipher: true);
        (ModuleFacts Module, int Weight)[] libraries = [.. crypto.Except(trusted).Except(ciphers)];
        return (libraries.Length > 0 && Add(day, libraries, isCipher: false)) || cipher;
    }

    private static string Names((ModuleFacts Module, int Weight)[] crypto) =>
        string.Join(", ", crypto.Select(entry => entry.Module.Name));

    private static bool Add(ProcessDay day, (ModuleFacts Module, int Weight)[] crypto, bool isCipher)
    {
        (TimeSpan gap, ModuleFacts nearest, DateTimeOffset? time) = Nearest(crypto, day);
        EvidenceKind kind = isCipher ? EvidenceKind.CipherUse
            : gap <= day.Settings.TimeWindow ? EvidenceKind.CryptoLoad
            : EvidenceKind.CryptoLoadEarlier;
        string when = time is null
            ? "how long from a connection is not known, since the connections' times lie outside the process's life"
            : string.Create(CultureInfo.InvariantCulture, $"{nearest.Name} {gap.TotalSeconds:0.###} s from a connection");
        day.Evidence.Add(
            kind,
            isCipher ? $"Uses {Names(crypto)}, a cipher itself; {when}" : $"Loads {Names(crypto)}; {when}",
            time ?? day.Facts.Clock.Resolve(nearest.Loads.First!.Value.Time),
            crypto.SelectMany(entry => entry.Module.Loads.Sample.Select(seen => seen.Id)),
            crypto.Max(entry => entry.Weight));
        return day.Evidence.Has(kind);
    }

    /// <summary>
    /// The load and the connection that lie nearest together, either way: records of one process arrive seconds out of order.
    /// </summary>
    private static (TimeSpan Gap, ModuleFacts Module, DateTimeOffset? Time) Nearest(
        (ModuleFacts Module, int Weight)[] crypto, ProcessDay day)
    {
        DateTimeOffset[] connections = [.. day.Connections.Destinations.SelectMany(destination => destination.Believed).Order()];
        (TimeSpan Gap, ModuleFacts Module, DateTimeOffset? Time) nearest = (TimeSpan.MaxValue, crypto[0].Module, null);
        foreach ((ModuleFacts module, _) in crypto)
        {
            foreach (Sighting load in module.Loads.Sample.Append(module.Loads.First!.Value).Append(module.Loads.Last!.Value))
            {
                DateTimeOffset time = day.Facts.Clock.Resolve(load.Time);
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
