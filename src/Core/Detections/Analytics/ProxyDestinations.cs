using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Analytics;

/// <summary>
/// Which of a process's destinations are proxies: those of <c>Proxies</c>, and without the setting what looks like one. Whom the process
/// calls is behind them, and that they are few says nothing.
/// </summary>
internal static class ProxyDestinations
{
    /// <summary>Ports that HTTP proxies listen on. Sources: IANA, and the defaults of Squid, Blue Coat, Zscaler and mitmproxy.</summary>
    public static readonly IReadOnlySet<ushort> Ports = new HashSet<ushort> { 3128, 8080, 8081, 8888, 9090, 9443, 10080 };

    /// <summary>Destinations that are named in a sentence.</summary>
    private const int MaxNamed = 3;

    /// <summary>The connections, their proxies marked.</summary>
    public static DayConnections Marked(DayConnections connections, ProcessFacts facts, DetectionSettings settings, ProcessRules rules)
    {
        bool inferred = IsInferred(connections, facts, rules);
        return !inferred && settings.Proxies.IsEmpty ? connections : connections with
        {
            Destinations = [.. connections.Destinations.Select(destination =>
                Lists(destination, facts, settings) || (inferred && LooksLikeOne(destination))
                    ? destination with { IsProxy = true }
                    : destination)],
        };
    }

    /// <summary>Says that destinations are behind a proxy, and which they are as far as anything names them.</summary>
    public static void Add(EvidenceList evidence, IReadOnlyList<DestinationDay> suspects)
    {
        DestinationDay[] proxies = [.. suspects.Where(destination => destination.IsProxy)];
        if (proxies.Length == 0)
        {
            return;
        }

        if (Array.Find(proxies, proxy => proxy.IsHidden) is { } hidden)
        {
            evidence.Add(
                EvidenceKind.BehindProxy,
                $"Destination hidden by a proxy, {hidden.Proxy}: whom it calls behind that is on no record, and few destinations weigh "
                + "nothing");
            return;
        }

        ReachedName[] names = [.. proxies.SelectMany(proxy => proxy.Reached)];
        string more = names.Length > MaxNamed ? " and others" : string.Empty;
        evidence.Add(
            EvidenceKind.BehindProxy,
            $"Through the proxy {proxies[0].Proxy} it calls {string.Join(", ", names.Take(MaxNamed).Select(name => name.Where))}{more}");
    }

    private static bool Lists(DestinationDay destination, ProcessFacts facts, DetectionSettings settings)
    {
        DestinationScope? listed = settings.Proxies.FirstOrDefault(
            proxy => proxy.Covers(destination.Ip, destination.Port, destination.Protocol, destination.Name));
        if (listed is not null)
        {
            settings.Use?.Exempted(listed, facts.Key.Value);
        }

        return listed is not null;
    }

    /// <summary>A program that has TLS on record and calls inside addresses on proxies' ports alone.</summary>
    private static bool IsInferred(DayConnections connections, ProcessFacts facts, ProcessRules rules)
    {
        DestinationDay[] suspects =
            [.. connections.Destinations.Where(destination => !InfrastructurePorts.Covers(destination, connections.Destinations))];
        return suspects.Length > 0 && Array.TrueForAll(suspects, LooksLikeOne)
            && facts.Modules.Any(module => rules.IsTlsLibrary(module.Name));
    }

    private static bool LooksLikeOne(DestinationDay destination) =>
        destination.Ip.IsPrivate && destination.Protocol == Protocols.Tcp && Ports.Contains(destination.Port);
}
