using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Captures.Flows;

/// <summary>When a packet came, and how long it was.</summary>
/// <param name="Ticks">Its time, ticks since the Unix epoch, or <see cref="CaptureTime.Unknown"/>; its first part's.</param>
/// <param name="EndTicks">The time of its last part.</param>
/// <param name="Wire">Bytes of its frames on the wire.</param>
/// <param name="IsLate">It was put together from parts, so that its time says nothing of the order of packets.</param>
internal readonly record struct Arrival(long Ticks, long EndTicks, int Wire, bool IsLate = false);

/// <summary>Times of captures.</summary>
internal static class CaptureTime
{
    /// <summary>Stands for a time that the capture does not say.</summary>
    public const long Unknown = long.MinValue;

    /// <summary>The time; null where it is unknown, or off the calendar.</summary>
    public static DateTimeOffset? Of(long ticks) =>
        ticks != Unknown && Timestamps.TryFromUnixTicks(ticks, out DateTimeOffset time) ? time : null;
}
