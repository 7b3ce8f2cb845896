using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Correlation.Facts;

/// <summary>Which clock a time was read from. Clocks err each in its own way, so a time is kept with its clock.</summary>
public enum FactClock
{
    /// <summary>The event's own clock, UTC by its format.</summary>
    Event,

    /// <summary>The recorder's clock, written with a zone.</summary>
    Record,

    /// <summary>The recorder's clock, written without one: local, until an offset is learned.</summary>
    RecordLocal,

    /// <summary>
    /// The own clock of connections and name queries: Sysmon stamps them from another clock than the rest, and it errs alone.
    /// </summary>
    ConnectionEvent,
}

/// <summary>A time as a fact: Unix milliseconds of one clock, uncorrected. Corrections apply when it is judged, not before.</summary>
/// <param name="Clock">The clock it was read from.</param>
/// <param name="Ms">Unix milliseconds on that clock; all times are kept in epoch-aligned buckets of this width, one millisecond.</param>
public readonly record struct FactTime(FactClock Clock, long Ms) : IComparable<FactTime>
{
    private const long MsPerDay = 86_400_000;

    /// <summary>The UTC day that the clock shows, as days since the Unix epoch.</summary>
    public int Day => (int)Math.Floor((double)Ms / MsPerDay);

    /// <summary>
    /// The time of an observation: the record's where there is one, because Sysmon's own clock is wrong by hours on some hosts
    /// while the recorder's is consistent; else the event's. Null where it has neither.
    /// </summary>
    public static FactTime? Of(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return observation switch
        {
            { RecordTime: { } record } => new(
                observation.RecordTimeIsLocal ? FactClock.RecordLocal : FactClock.Record, record.ToUnixTimeMilliseconds()),
            { Time: { } time } => new(HostClock.OwnClock(observation.EventCode), time.ToUnixTimeMilliseconds()),
            _ => null,
        };
    }

    /// <summary>The earlier of two; times of different clocks are ordered by clock, which is arbitrary but the same everywhere.</summary>
    public static FactTime? Min(FactTime? left, FactTime? right) =>
        left is { } a && right is { } b ? (a.CompareTo(b) <= 0 ? a : b) : left ?? right;

    /// <summary>The later of two, under the same order.</summary>
    public static FactTime? Max(FactTime? left, FactTime? right) =>
        left is { } a && right is { } b ? (a.CompareTo(b) >= 0 ? a : b) : left ?? right;

    /// <inheritdoc/>
    public int CompareTo(FactTime other) => Clock != other.Clock ? Clock.CompareTo(other.Clock) : Ms.CompareTo(other.Ms);

    /// <summary>Whether the left time orders before the right.</summary>
    public static bool operator <(FactTime left, FactTime right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left time orders after the right.</summary>
    public static bool operator >(FactTime left, FactTime right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left time does not order after the right.</summary>
    public static bool operator <=(FactTime left, FactTime right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left time does not order before the right.</summary>
    public static bool operator >=(FactTime left, FactTime right) => left.CompareTo(right) >= 0;
}
