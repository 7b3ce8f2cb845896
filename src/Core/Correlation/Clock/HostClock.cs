using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Correlation.Clock;

/// <summary>How far a recorder's clock stood from an event's own, once.</summary>
/// <param name="Clock">The recorder's clock.</param>
/// <param name="EventCode">The source's number for the kind of event.</param>
/// <param name="Id">The observation it was read from.</param>
/// <param name="DeltaMs">Record time minus event time, milliseconds.</param>
public readonly record struct ClockSample(FactClock Clock, int EventCode, ObservationId Id, long DeltaMs) : IMergeable<ClockSample>
{
    /// <summary>One of two readings of the same event, the same one in any order.</summary>
    public ClockSample Merge(ClockSample other) => DeltaMs <= other.DeltaMs ? this : other;
}

/// <summary>
/// What is known of one host's clocks: samples per clock and event id, from which the offset of the recorder's clock to UTC is
/// judged. A fact like any other: it may be learned after the events it corrects.
/// </summary>
public sealed record HostClock : IMergeable<HostClock>
{
    /// <summary>Samples kept for each clock and event id: a median of these is steady, and few enough to carry in every state.</summary>
    public const int SamplesPerKind = 5;

    /// <summary>Samples kept in all: seven kinds of event, one more than Sysmon has of use.</summary>
    private const int Capacity = 7 * SamplesPerKind;

    /// <summary>Time zones differ by multiples of this.</summary>
    private const long ZoneStepMs = 15 * 60 * 1000;

    /// <summary>
    /// Records lag their events by up to seconds (Sysmon writes event 3 one to three seconds late): within this much of a zone
    /// step, the offset is the zone, and the rest is lag.
    /// </summary>
    private const long LagMs = 2 * 60 * 1000;

    /// <summary>A host of which nothing is known: its clocks are taken to be right.</summary>
    public static readonly HostClock Unknown = new();

    /// <summary>The samples: by clock and event id, of each the ones with the smallest ids.</summary>
    public ImmutableArray<ClockSample> Samples { get; init; } = [];

    /// <summary>What one observation says; null where it carries one clock only.</summary>
    public static HostClock? Of(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        if (observation is not { Time: { } time, RecordTime: { } record })
        {
            return null;
        }

        FactClock clock = observation.RecordTimeIsLocal ? FactClock.RecordLocal : FactClock.Record;
        return new()
        { Samples = [new(clock, observation.EventCode, observation.Id, (record - time).Ticks / TimeSpan.TicksPerMillisecond)] };
    }

    /// <inheritdoc/>
    public HostClock Merge(HostClock other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (ReferenceEquals(this, other) || other.Samples.IsEmpty)
        {
            return this;
        }

        ImmutableArray<ClockSample> union = BoundedMap.Merge(Samples, other.Samples, int.MaxValue, Order);
        return new() { Samples = Trim(union) };
    }

    /// <summary>The clock that stamps events of a kind: Sysmon's connections (3) and name queries (22) have one of their own.</summary>
    public static FactClock OwnClock(int eventCode) => eventCode is 3 or 22 ? FactClock.ConnectionEvent : FactClock.Event;

    /// <summary>A time of this host's clocks, corrected to UTC.</summary>
    public DateTimeOffset Resolve(FactTime time) => DateTimeOffset.FromUnixTimeMilliseconds(time.Ms - OffsetMs(time.Clock));

    /// <summary>How far a clock of this host is ahead of UTC, milliseconds; 0 where nothing says.</summary>
    public long OffsetMs(FactClock clock) => clock switch
    {
        FactClock.Event => 0,
        FactClock.ConnectionEvent => ConnectionOffsetMs(FactClock.Record) ?? ConnectionOffsetMs(FactClock.RecordLocal) ?? 0,
        _ => (Median(clock, FactClock.Event) ?? Median(clock, FactClock.ConnectionEvent)) is { } delta ? WithoutLag(delta) : 0,
    };

    /// <summary>
    /// How far connections' own clock is ahead of the other events', learned from a recorder that stamped both kinds: in
    /// recordings where one of them has the wrong time it is the connections', so that the others stand for UTC.
    /// </summary>
    private long? ConnectionOffsetMs(FactClock recorder) =>
        Median(recorder, FactClock.Event) is { } others && Median(recorder, FactClock.ConnectionEvent) is { } connections
            ? WithoutLag(others - connections)
            : null;

    /// <summary>The zone step that a difference lies at, where it lies near one: the rest is the recorder's lag.</summary>
    private static long WithoutLag(long deltaMs)
    {
        long zone = (long)Math.Round((double)deltaMs / ZoneStepMs, MidpointRounding.AwayFromZero) * ZoneStepMs;
        return Math.Abs(deltaMs - zone) <= LagMs ? zone : deltaMs;
    }

    /// <summary>Whether two hold the same facts.</summary>
    public bool Equals(HostClock? other) => other is not null && Samples.AsSpan().SequenceEqual(other.Samples.AsSpan());

    /// <summary>A hash of the samples' number: enough for a state that is compared, not looked up.</summary>
    public override int GetHashCode() => Samples.Length;

    /// <summary>The middle difference between a recorder's clock and an event's own.</summary>
    private long? Median(FactClock recorder, FactClock own)
    {
        long[] deltas = [.. Samples.Where(sample => sample.Clock == recorder && OwnClock(sample.EventCode) == own)
            .Select(sample => sample.DeltaMs).Order()];
        return deltas.Length == 0 ? null : deltas[(deltas.Length - 1) / 2];
    }

    private static ImmutableArray<ClockSample> Trim(ImmutableArray<ClockSample> samples)
    {
        ImmutableArray<ClockSample>.Builder kept = ImmutableArray.CreateBuilder<ClockSample>();
        int ofKind = 0;
        foreach (ClockSample sample in samples)
        {
            bool same = kept.Count > 0 && kept[^1].Clock == sample.Clock && kept[^1].EventCode == sample.EventCode;
            ofKind = same ? ofKind + 1 : 1;
            if (ofKind <= SamplesPerKind && kept.Count < Capacity)
            {
                kept.Add(sample);
            }
        }

        return kept.ToImmutable();
    }

    private static int Order(ClockSample left, ClockSample right)
    {
        int order = left.Clock.CompareTo(right.Clock);
        order = order != 0 ? order : left.EventCode.CompareTo(right.EventCode);
        return order != 0 ? order : left.Id.CompareTo(right.Id);
    }
}
