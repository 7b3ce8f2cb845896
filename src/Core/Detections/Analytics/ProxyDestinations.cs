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

    /// <summary>The connections, their proxies marked and what is known of whom the process calls through them.</summary>
    public static DayConnections Marked(DayConnections connections, ProcessFacts facts, DetectionSettings settings, ProcessRules rules)
    {
        bool inferred = IsInferred(connections, facts, rules);
        if (!inferred && settings.Proxies.IsEmpty && facts.Names.IsEmpty)
        {
            return connections;
        }

        int day = connections.Day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

        // Of a day of which names are gone, few that are left say nothing.
        NameFacts[] known = [.. facts.Names.Where(name => name.Key.Day == day)];
        known = facts.FirstNamedDay > day && known.Length <= DestinationEvidence.MaxDestinations ? [] : known;
        return connections with
        {
            Names = Outside(connections, known),
            Destinations = [.. connections.Destinations.Select(destination => Marked(
                destination,
                [.. known.Where(name => (name.Key.Ip, name.Key.Port) == (destination.Ip, destination.Port))]))],
        };

        DestinationDay Marked(DestinationDay destination, NameFacts[] names) =>
            Lists(destination, facts, settings) || (inferred && LooksLikeOne(destination)) || IsAsked(destination, names)
                ? destination with { IsProxy = true, Reached = Reached(destination, names, settings) }
                : destination;
    }

    /// <summary>
    /// The names of those outside: by the key exchange of its own flows and its own queries, else by those of its host. Only where they are
    /// known of nearly all connections that go outside.
    /// </summary>
    private static ReachedName[] Outside(DayConnections connections, NameFacts[] known)
    {
        NameFacts[] outside = Array.FindAll(known, static name => name.Key.Ip.IsUnspecified);
        long all = connections.Destinations.Where(static to => !to.Ip.IsPrivate).Sum(static to => to.Count);
        NameFacts[] exact = Array.FindAll(outside, static name => !name.IsLoose);
        return Covers(exact) ? Names(exact) : Covers(outside) ? Names(outside) : [];

        bool Covers(NameFacts[] names) => names.Length > 0 && names.Sum(name => name.Count ?? all) * 5 >= all * 4;

        static ReachedName[] Names(NameFacts[] names) =>
            [.. names.OrderBy(name => name.Key).Select(name => new ReachedName(name.Key.Name, null, 0, name.IsLoose, name.Handshake))];
    }

    /// <summary>
    /// Whether a sensor saw that an inside address is asked for others, as no server is. Outside anybody may pretend to be a proxy.
    /// </summary>
    private static bool IsAsked(DestinationDay destination, NameFacts[] names) =>
        destination.Ip.IsPrivate && Array.Exists(names, static name => name is { IsAsked: true, IsLoose: false });

    /// <summary>
    /// Whom the process calls: those that the proxy was asked for, else those that it named in its key exchange. A proxy that is spoken to
    /// in TLS is named there itself. What a record names exactly stands before what may be another program's.
    /// </summary>
    private static IReadOnlyList<ReachedName> Reached(DestinationDay destination, NameFacts[] names, DetectionSettings settings)
    {
        NameFacts[] servers = [.. names.Where(name => !settings.Proxies.Any(
            proxy => proxy.Covers(destination.Ip, destination.Port, destination.Protocol, name.Key.Name) && proxy.Where.Name is not null))];
        NameFacts[] asked = Array.FindAll(servers, static name => name.IsAsked);
        NameFacts[] said = asked.Length > 0 ? asked : servers;
        NameFacts[] exact = Array.FindAll(said, static name => !name.IsLoose);
        return
        [
            .. (exact.Length > 0 ? exact : said).OrderBy(name => name.Key).Select(name => new ReachedName(
                name.Key.Name, name.ServerPort == 0 ? null : name.ServerPort, name.Count ?? destination.Count,
                name.IsLoose, name.Handshake)),
        ];
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
