using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Evidence;

/// <summary>What is gathered of one destination on one UTC day, as one witness tells it.</summary>
/// <param name="Facts">The destination; of its connections, those below are the day's.</param>
/// <param name="Seen">Connections, all while few.</param>
/// <param name="Count">How many there are.</param>
/// <param name="IsExact">Whether that is exact.</param>
internal sealed record GatheredConnections(
    DestinationFacts Facts, IReadOnlyList<(EventTime At, ObservationId Id)> Seen, long Count, bool IsExact);

/// <summary>
/// A Mac tells of one connection twice: by the library that made it and by the kernel, each with the other end hidden or not. Nothing
/// that stays in facts says which two are one, so of each port the connections are as many as the witness tells that tells of more.
/// </summary>
internal static class ConnectionWitnesses
{
    /// <summary>The destinations of a day, each connection counted once.</summary>
    public static IReadOnlyList<GatheredConnections> Once(IReadOnlyList<GatheredConnections> day) =>
        day.Any(static one => one.Facts.Key.IsOfKernel || one.Facts.Key.Ip.IsUnspecified)
            ? [.. day.GroupBy(static one => (one.Facts.Key.Port, one.Facts.Key.Protocol)).SelectMany(static port => OfPort([.. port]))]
            : day;

    private static List<GatheredConnections> OfPort(GatheredConnections[] all)
    {
        // A connection of which a later line shows the other end is in both.
        HashSet<ObservationId> shown = [.. all.Where(IsClear).SelectMany(static one => one.Seen).Select(static seen => seen.Id)];
        all = [.. all.Select(one => IsClear(one) ? one : Without(one, shown)).Where(static one => one.Count > 0)];
        long total = Math.Max(all.Where(IsOfKernel).Sum(Count), all.Where(static one => !IsOfKernel(one)).Sum(Count));
        List<GatheredConnections> once =
            [.. all.Where(IsClear).GroupBy(static one => one.Facts.Key.Ip).Select(static told => told.Aggregate(Larger))];
        GatheredConnections? hidden = all.Where(static one => !IsClear(one)).Aggregate((GatheredConnections?)null, Larger);
        long left = total - once.Sum(Count);
        if (hidden is null)
        {
            return once;
        }

        if (left > 0)
        {
            return [.. once, Last(hidden, left)];
        }

        bool says = hidden.Facts.Name is not null || hidden.Facts.Handshake != Handshake.Unknown;
        return !says ? once
            : once.Count == 1 ? [once[0] with { Facts = once[0].Facts.Merge(hidden.Facts) }]
            : [.. once, hidden];
    }

    /// <summary>The one that tells of more, with what the other says of name and key exchange.</summary>
    private static GatheredConnections Larger(GatheredConnections? known, GatheredConnections other)
    {
        if (known is null)
        {
            return other;
        }

        bool isKnown = known.Count > other.Count || (known.Count == other.Count && !IsOfKernel(known));
        (GatheredConnections more, GatheredConnections less) = isKnown ? (known, other) : (other, known);
        return more with { Facts = more.Facts.Merge(less.Facts) };
    }

    private static GatheredConnections Without(GatheredConnections one, HashSet<ObservationId> shown)
    {
        (EventTime, ObservationId)[] seen = [.. one.Seen.Where(connection => !shown.Contains(connection.Id))];
        return seen.Length == one.Seen.Count ? one
            : one with { Seen = seen, Count = seen.Length == 0 ? 0 : Math.Max(seen.Length, one.Count * seen.Length / one.Seen.Count) };
    }

    private static GatheredConnections Last(GatheredConnections one, long count) => count >= one.Count ? one : one with
    {
        Seen =
        [
            .. one.Seen.OrderByDescending(static seen => seen.At.Time).ThenBy(static seen => seen.Id)
                .Take((int)Math.Min(count, int.MaxValue)),
        ],
        Count = count,
    };

    private static bool IsClear(GatheredConnections one) => !one.Facts.Key.Ip.IsUnspecified;

    private static bool IsOfKernel(GatheredConnections one) => one.Facts.Key.IsOfKernel;

    private static long Count(GatheredConnections one) => one.Count;
}
