using System.Collections.Immutable;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Correlation.Facts;

/// <summary>One observation at its time.</summary>
/// <param name="Id">The observation.</param>
/// <param name="Time">When, uncorrected.</param>
public readonly record struct Sighting(ObservationId Id, FactTime Time) : IMergeable<Sighting>
{
    /// <summary>The same observation read from two renderings may carry two record times; one is kept, the same in any order.</summary>
    public Sighting Merge(Sighting other) => Time <= other.Time ? this : other;
}

/// <summary>
/// How often and when something was seen: exact up to a bound, an estimate beyond. The observations with the smallest hashes are kept,
/// a uniform sample of all that differ; how many there were beyond those, bits say, and beyond what bits hold, the sample itself.
/// </summary>
/// <remarks>Source of the last: Bar-Yossef et al. 2002, (K − 1) / u for u the K-th smallest hash scaled to 0–1.</remarks>
public sealed record Sightings : IMergeable<Sightings>
{
    /// <summary>
    /// Observations kept where they are counted: counts are exact to here. As few as evidence asks for (eight connections are many),
    /// because a state holds dozens of these.
    /// </summary>
    public const int Capacity = 8;

    /// <summary>Observations kept, beside the first and last, where it matters only that and when something was seen.</summary>
    public const int FewCapacity = 1;

    /// <summary>Nothing seen.</summary>
    public static readonly Sightings None = new();

    /// <summary>The sample, by id.</summary>
    public ImmutableArray<Sighting> Sample { get; init; } = [];

    /// <summary>The earliest.</summary>
    public Sighting? First { get; init; }

    /// <summary>The latest.</summary>
    public Sighting? Last { get; init; }

    /// <summary>What counts them once the sample is full; nothing before.</summary>
    public CountBits Counted { get; init; }

    /// <summary>How many different observations there were: exact up to <see cref="Capacity"/>, an estimate beyond.</summary>
    public long Count => Share ?? (IsFull ? Math.Max(Capacity, Counted.Estimate ?? BySample) : Sample.Length);

    /// <summary>How many of the whole these are, where they are a part of sightings that were cut by time; not kept.</summary>
    public long? Share { get; init; }

    /// <summary>Whether <see cref="Count"/> is exact: beyond <see cref="Capacity"/> it is an estimate, and at it nobody knows.</summary>
    public bool IsExact => !IsFull;

    private bool IsFull => Sample.Length >= Capacity;

    private long BySample => (long)((Capacity - 1) * (Math.Pow(2, 64) / Math.Max(1.0, (ulong)(Sample[^1].Id.Value >> 64))));

    /// <summary>One observation.</summary>
    public static Sightings Of(ObservationId id, FactTime time) =>
        new() { Sample = [new(id, time)], First = new Sighting(id, time), Last = new Sighting(id, time) };

    /// <inheritdoc/>
    public Sightings Merge(Sightings other)
    {
        Sightings merged = Merge(other, Capacity);
        return merged.IsFull ? merged with { Counted = Bits() | other.Bits() } : merged;
    }

    /// <summary>Merges what is not counted: <see cref="Count"/> means nothing then.</summary>
    public Sightings MergeFew(Sightings other) => Merge(other, FewCapacity);

    /// <summary>
    /// Those of a span of time. Of more than are kept the sample stands for the rest: the count follows its share, and what lies between
    /// the first and the last only is found where the sample holds it.
    /// </summary>
    /// <param name="isWithin">Whether a time is of the span.</param>
    public Sightings Within(Func<FactTime, bool> isWithin)
    {
        ArgumentNullException.ThrowIfNull(isWithin);
        Sighting[] all = [.. Known()];
        Sighting[] within = [.. all.Where(seen => isWithin(seen.Time))];
        return within.Length == all.Length ? this : within.Length == 0 ? None : new()
        {
            Sample = [.. within.Where(seen => Sample.Contains(seen))],
            First = within.Aggregate((Sighting?)null, static (first, seen) => Pick(first, seen, -1)),
            Last = within.Aggregate((Sighting?)null, static (last, seen) => Pick(last, seen, 1)),
            Share = Math.Max(within.Length, Count * within.Length / all.Length),
        };
    }

    /// <summary>Every sighting that is kept, each once.</summary>
    private IEnumerable<Sighting> Known() =>
        First is { } first && Last is { } last ? Sample.Append(first).Append(last).Distinct() : Sample;

    private Sightings Merge(Sightings other, int capacity)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new()
        {
            Sample = BoundedMap.Merge(Sample, other.Sample, capacity, static (left, right) => left.Id.CompareTo(right.Id)),
            First = Pick(First, other.First, -1),
            Last = Pick(Last, other.Last, 1),
        };
    }

    /// <summary>Whether two hold the same facts.</summary>
    public bool Equals(Sightings? other) =>
        other is not null && First == other.First && Last == other.Last && Counted == other.Counted
            && Sample.AsSpan().SequenceEqual(other.Sample.AsSpan());

    /// <summary>A hash of the ends: enough to spread, and cheap.</summary>
    public override int GetHashCode() => HashCode.Combine(First, Last, Sample.Length);

    private CountBits Bits() =>
        IsFull ? Counted : Sample.Aggregate(default(CountBits), static (bits, seen) => bits | CountBits.Of(seen.Id));

    private static Sighting? Pick(Sighting? left, Sighting? right, int sign)
    {
        if (left is not { } a || right is not { } b)
        {
            return left ?? right;
        }

        int order = a.Time.CompareTo(b.Time);
        order = order != 0 ? order : a.Id.CompareTo(b.Id);
        return order * sign >= 0 ? a : b;
    }
}
