using System.Globalization;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Evidence;

/// <summary>The connections of a process to one destination on one UTC day, their times corrected.</summary>
/// <param name="Ip">Address.</param>
/// <param name="Port">Port.</param>
/// <param name="Protocol">IANA protocol number.</param>
/// <param name="Name">Host name where known.</param>
/// <param name="Handshake">What the host itself says of the key exchange.</param>
/// <param name="Count">Connections: exact while few, an estimate beyond.</param>
/// <param name="Times">Their times, ascending: all while few, a sample with the first and last beyond.</param>
/// <param name="Believed">Those of the times that are what the connection's clock said: no gap is measured from the others.</param>
/// <param name="Observations">The first few.</param>
internal sealed record DestinationDay(
    IpAddress Ip,
    ushort Port,
    byte Protocol,
    string? Name,
    Handshake Handshake,
    long Count,
    IReadOnlyList<DateTimeOffset> Times,
    IReadOnlyList<DateTimeOffset> Believed,
    IReadOnlyList<ObservationId> Observations)
{
    /// <summary>All but one in so many.</summary>
    private const int NearlyAll = 5;

    /// <summary>Whether <see cref="Count"/> is exact, and no estimate.</summary>
    public required bool IsExact { get; init; }

    /// <summary>Whether it is a proxy: whom the process calls is behind it.</summary>
    public bool IsProxy { get; init; }

    /// <summary>Whom the process calls through it, as far as records name them.</summary>
    public IReadOnlyList<ReachedName> Reached { get; init; } = [];

    /// <summary>Whether whom the process calls is behind a proxy, and on no record.</summary>
    public bool IsHidden => IsProxy && Reached.Count == 0;

    /// <summary>Connections of which it is known whom they call; all, where it is known of nearly all: both counts are estimates.</summary>
    public long KnownCount => IsProxy && Reached.Sum(name => name.Count) is var known && known * NearlyAll < Count * (NearlyAll - 1)
        ? known : Count;

    /// <summary>Whom the process calls, each once: by name, or by address.</summary>
    public IEnumerable<string> Called => IsProxy ? Reached.Select(name => name.Name) : [Ip.ToString()];

    /// <summary>
    /// Whom the process calls, for a person: address and port; an address that the record hides is called so. Behind a proxy the one that
    /// is named, and else the proxy.
    /// </summary>
    public string Where => Reached is [var one] ? $"{one.Where} through the proxy {Proxy}" : Proxy;

    /// <summary>Its own address and port, for a person.</summary>
    public string Proxy => string.Create(
        CultureInfo.InvariantCulture, $"{(Ip.IsUnspecified ? Name ?? "a hidden address" : Ip.ToString())}:{Port}");

    /// <summary>
    /// Whether what is true of ports is true of all that the process calls there: of a proxy the ports behind it. What is hidden is given
    /// the benefit of the doubt.
    /// </summary>
    public bool AllPorts(Func<ushort, byte, bool> isTrue) => IsProxy
        ? Reached.All(name => name.Port is not { } port || isTrue(port, Protocol))
        : isTrue(Port, Protocol);

    /// <summary>Whether bytes were counted of a connection there.</summary>
    public bool IsOf(TransferFact transfer) => (transfer.Ip, transfer.Port, transfer.Protocol) == (Ip, Port, Protocol);
}

/// <summary>The outbound connections of a process on one UTC day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Destinations">Where to, in order of address, port and protocol.</param>
internal sealed record DayConnections(DateOnly Day, IReadOnlyList<DestinationDay> Destinations)
{
    /// <summary>
    /// Names of those outside that the process calls, whichever addresses they have; empty where they are not known of nearly all its
    /// connections.
    /// </summary>
    public IReadOnlyList<ReachedName> Names { get; init; } = [];

    /// <summary>How far a sensor's time of a flow's start may lie from the host's time of its connection.</summary>
    private static readonly TimeSpan JoinSlack = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether a flow began when the process connected to its destination; of a destination with more connections than times are kept
    /// of, any flow may be one of them.
    /// </summary>
    public bool MayHave(FlowSummary flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return flow.Seen.First is { } first && DateTimeOffset.FromUnixTimeMilliseconds(first.Time.Ms) is var began
            && Destinations.Any(destination => destination.Ip == flow.DestinationIp && destination.Port == flow.DestinationPort
                && (destination.Count > destination.Times.Count
                    || destination.Times.Any(time => (time - began).Duration() <= JoinSlack)));
    }

    /// <summary>Cuts a process's connections into UTC days, by its host's corrected clock.</summary>
    public static IReadOnlyList<DayConnections> Of(ProcessFacts facts)
    {
        ProcessLife life = ProcessLife.Of(facts);
        Dictionary<(DateOnly Day, DestinationKey Key), GatheredConnections> days = [];
        foreach (DestinationFacts destination in facts.Destinations)
        {
            List<(EventTime At, ObservationId Id)> all = [.. Resolved(destination.Connections, facts, life)];
            foreach (IGrouping<DateOnly, (EventTime At, ObservationId Id)> day in all.GroupBy(
                seen => DateOnly.FromDateTime(seen.At.Time.UtcDateTime)))
            {
                // The clock's day and UTC's may cut the connections differently: the count follows the sample's share.
                List<(EventTime At, ObservationId Id)> seen = [.. day];
                bool isExact = destination.Connections.IsExact;
                long count = Math.Max(seen.Count, destination.Connections.Count * seen.Count / all.Count);
                (DateOnly Day, DestinationKey Key) key = (day.Key, destination.Key with { Day = 0 });
                days[key] = days.TryGetValue(key, out GatheredConnections? known)
                    ? new(known.Facts.Merge(destination), [.. known.Seen, .. seen], known.Count + count, known.IsExact && isExact)
                    : new(destination, seen, count, isExact);
            }
        }

        return
        [
            .. days.GroupBy(entry => entry.Key.Day, entry => entry.Value).OrderBy(day => day.Key)
                .Select(day => new DayConnections(
                    day.Key,
                    [
                        .. ConnectionWitnesses.Once([.. day]).Select(Destination).OrderBy(destination => destination.Ip)
                            .ThenBy(destination => destination.Port).ThenBy(destination => destination.Protocol),
                    ])),
        ];
    }

    private static DestinationDay Destination(GatheredConnections gathered) => new(
        gathered.Facts.Key.Ip,
        gathered.Facts.Key.Port,
        gathered.Facts.Key.Protocol,
        gathered.Facts.Name,
        gathered.Facts.Handshake,
        gathered.Count,
        [.. gathered.Seen.Select(seen => seen.At.Time).Order()],
        [.. gathered.Seen.Where(seen => seen.At.IsBelieved).Select(seen => seen.At.Time).Order()],
        [
            .. gathered.Seen.OrderBy(seen => seen.At.Time).ThenBy(seen => seen.Id).Select(seen => seen.Id)
                .Take(EvidenceList.MaxObservations),
        ])
    {
        IsExact = gathered.IsExact,
    };

    private static IEnumerable<(EventTime At, ObservationId Id)> Resolved(Sightings sightings, ProcessFacts facts, ProcessLife life) =>
        sightings.Sample.Append(sightings.First!.Value).Append(sightings.Last!.Value).Distinct()
            .Select(seen => (life.Place(facts.Clock.Resolve(seen.Time)), seen.Id));
}
