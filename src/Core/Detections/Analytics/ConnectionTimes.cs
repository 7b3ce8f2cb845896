using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Analytics;

/// <summary>
/// The last connections of a process to one destination: whether a timer makes them, and which flows they are. A timer adds to other
/// evidence and makes no finding: whatever looks for updates has one too.
/// </summary>
internal static class ConnectionTimes
{
    /// <summary>Adds that calls to a destination come by a timer: of several destinations, that of the most calls.</summary>
    public static void AddTimer(ProcessDay day, IReadOnlyList<DestinationDay> suspects)
    {
        if (day.IsAllowed)
        {
            return;
        }

        (DestinationDay Destination, Regularity Timer)? most = null;
        foreach (DestinationDay destination in suspects.Where(IsOne))
        {
            if (Regularity.Of([.. Of(day, destination).Select(start => start.Time.Ms)], []) is { } timer
                && (most is null || timer.Calls > most.Value.Timer.Calls))
            {
                most = (destination, timer);
            }
        }

        if (most is ({ } where, var found))
        {
            day.Evidence.Add(EvidenceKind.Beaconing, $"{where.Where}: {found.Says()}", where.Times[0], where.Observations);
        }
    }

    /// <summary>Whether calls there are calls to one: behind a proxy those to whomever are calls to the proxy.</summary>
    private static bool IsOne(DestinationDay destination) => !destination.IsProxy
        || (destination.Reached is [{ IsLoose: false }] && destination.KnownCount == destination.Count);

    /// <summary>
    /// Community IDs of the connections to a destination, the earliest first, as its host tells their ends; none where it connects from
    /// several addresses, or its records lack the port.
    /// </summary>
    public static IReadOnlyList<string> CommunityIds(ProcessDay day, DestinationDay destination)
    {
        IpAddress[] sources = [.. day.Facts.Sources.Where(source => source.IsV4 == destination.Ip.IsV4)];
        return sources.Length != 1 || destination.Ip.IsUnspecified || destination.Protocol is not (Protocols.Tcp or Protocols.Udp) ? []
            :
            [
                .. Of(day, destination).Where(start => start.Port != 0)
                    .Select(start => FlowKey.Create(sources[0], start.Port, destination.Ip, destination.Port, destination.Protocol))
                    .Take(EvidenceList.MaxFlows).Select(flow => flow.CommunityId()),
            ];
    }

    /// <summary>The starts of a day to a destination, ascending, by one clock; of several records of one connection the first.</summary>
    private static IEnumerable<ConnectionStart> Of(ProcessDay day, DestinationDay destination)
    {
        uint hash = ConnectionStart.HashOf(destination.Ip, destination.Port, destination.Protocol);
        ProcessLife life = ProcessLife.Of(day.Facts);
        ConnectionStart[] starts =
        [
            .. day.Facts.ConnectionStarts.Where(start => start.Destination == hash
                && DateOnly.FromDateTime(life.Place(day.Facts.Clock.Resolve(start.Time)).Time.UtcDateTime) == day.Connections.Day),
        ];

        // A clock that is wrong shows gaps as they were; two clocks do not.
        return starts.GroupBy(start => start.Time.Clock).OrderByDescending(clock => clock.Count()).ThenBy(clock => clock.Key)
            .Take(1).SelectMany(clock => clock.GroupBy(start => start.Port).SelectMany(connection =>
                connection.Key == 0 ? connection : (IEnumerable<ConnectionStart>)[connection.MinBy(start => start.Time.Ms)]))
            .OrderBy(start => start.Time.Ms).ThenBy(start => start.Port);
    }
}
