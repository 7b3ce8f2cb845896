using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Facts;

namespace CipherWatch.Core.Correlation.Flow;

/// <summary>Bytes that one record of a flow adds to those of its other records, for sources that count since their last record.</summary>
/// <param name="RecordId">The record, so that one that comes twice counts once.</param>
/// <param name="FirstBytes">Bytes sent by the first end; null where the record is of the other direction only.</param>
/// <param name="SecondBytes">Bytes sent by the second end, likewise.</param>
public readonly record struct CounterDelta(ulong RecordId, long? FirstBytes, long? SecondBytes) : IMergeable<CounterDelta>
{
    /// <summary>
    /// Records of one flow and day that are kept, the largest: their sum is exact to this many and a lower bound beyond, which only
    /// ever grows. As many minutes of a virtual network's flow log as the default TimeWindow, and two more.
    /// </summary>
    public const int Capacity = 12;

    /// <summary>Bytes that one record is believed to count at most, so that no sum overflows: 64 PiB.</summary>
    private const long MaxBytes = 1L << 56;

    private long Total => (FirstBytes ?? 0) + (SecondBytes ?? 0);

    /// <summary>A record's counters; null where it has none.</summary>
    public static CounterDelta? Of(ulong recordId, long? first, long? second) =>
        first is null && second is null ? null : new(recordId, Believed(first), Believed(second));

    /// <summary>What one end sent in all; null where no record says.</summary>
    public static long? Sum(ImmutableArray<CounterDelta> deltas, Func<CounterDelta, long?> ofEnd) =>
        deltas.Any(delta => ofEnd(delta) is not null) ? deltas.Sum(ofEnd) : null;

    /// <summary>The union of two sets of records.</summary>
    public static ImmutableArray<CounterDelta> Merge(ImmutableArray<CounterDelta> left, ImmutableArray<CounterDelta> right) =>
        BoundedMap.Merge(left, right, Capacity, Order);

    /// <summary>The same record twice is one record.</summary>
    public CounterDelta Merge(CounterDelta other) => this;

    private static int Order(CounterDelta left, CounterDelta right)
    {
        int order = right.Total.CompareTo(left.Total);
        order = order != 0 ? order : left.RecordId.CompareTo(right.RecordId);
        return order != 0 ? order : Nullable.Compare(left.FirstBytes, right.FirstBytes);
    }

    private static long? Believed(long? bytes) => bytes is { } count ? Math.Clamp(count, 0, MaxBytes) : null;
}
