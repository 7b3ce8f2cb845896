using System.Globalization;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Detections.Evidence;

namespace CipherWatch.Core.Detections.Analytics;

/// <summary>
/// Far more bytes sent to a destination than received: uploads. It adds to other evidence and decides nothing: log shippers, backups
/// and pushes send more than they receive too.
/// </summary>
internal static class AsymmetryEvidence
{
    /// <summary>Bytes in all from which a ratio means something: under this, one command's output is an upload.</summary>
    private const long MinBytes = 4096;

    /// <summary>Adds it, for the destination where it is largest.</summary>
    public static void Add(ProcessDay day, IReadOnlyList<DestinationDay> suspects)
    {
        if (day.IsAllowed)
        {
            return;
        }

        (DestinationDay Destination, Transferred Sum)? largest = null;
        foreach (DestinationDay destination in suspects)
        {
            Transferred sum = Largest([.. Of(day, destination)], day.Settings.TimeWindow);
            bool lopsided = sum.Out + sum.In >= MinBytes && sum.Out >= day.Settings.TrafficAsymmetryRatio * sum.In;
            largest = lopsided && (largest is null || sum.Out > largest.Value.Sum.Out) ? (destination, sum) : largest;
        }

        if (largest is ({ } where, { } bytes))
        {
            day.Evidence.Add(
                EvidenceKind.AsymmetricTraffic,
                string.Create(
                    CultureInfo.InvariantCulture, $"{bytes.Out} bytes sent to {where.Where} and {bytes.In} received within TimeWindow"),
                where.Times[0], where.Observations);
        }
    }

    /// <summary>The bytes of connections, by the host's own count, else by that of the network.</summary>
    private static IEnumerable<Transferred> Of(ProcessDay day, DestinationDay destination)
    {
        Transferred[] counted =
        [
            .. day.Facts.Transfers.Where(destination.IsOf)
                .GroupBy(transfer => transfer.RecordId)
                .Select(record => record.OrderByDescending(transfer => transfer.Out).ThenByDescending(transfer => transfer.In).First())
                .Select(transfer => new Transferred(day.Facts.Clock.Resolve(transfer.Time), transfer.Out, transfer.In))
                .Where(transfer => DateOnly.FromDateTime(transfer.Time.UtcDateTime) == day.Connections.Day),
        ];
        return counted.Length > 0 ? counted
            : day.Flows.Where(flow => flow.DestinationIp == destination.Ip && flow.DestinationPort == destination.Port)
                .Select(Seen).OfType<Transferred>();
    }

    private static Transferred? Seen(FlowSummary flow) => flow is { BytesOut: { } sent, BytesIn: { } received, Seen.First: { } first }
        ? new(DateTimeOffset.FromUnixTimeMilliseconds(first.Time.Ms), sent, received)
        : null;

    /// <summary>The bytes of the window in which most were sent: any window, wherever it starts.</summary>
    private static Transferred Largest(Transferred[] transfers, TimeSpan window)
    {
        Array.Sort(transfers, static (left, right) => left.Time.CompareTo(right.Time));
        Transferred largest = default;
        (long sent, long received, int tail) = (0, 0, 0);
        foreach (Transferred transfer in transfers)
        {
            (sent, received) = (sent + transfer.Out, received + transfer.In);
            for (; transfer.Time - transfers[tail].Time > window; tail++)
            {
                (sent, received) = (sent - transfers[tail].Out, received - transfers[tail].In);
            }

            largest = sent > largest.Out ? new(transfer.Time, sent, received) : largest;
        }

        return largest;
    }

    private readonly record struct Transferred(DateTimeOffset Time, long Out, long In);
}
