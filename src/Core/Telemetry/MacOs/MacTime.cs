using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>When an entry was logged: its own clock where a zone is written, else the recorder's.</summary>
/// <param name="Own">The event's own time.</param>
/// <param name="Recorded">The recorder's: local time of the host, or the date of the input for times without one.</param>
/// <param name="IsLocal">The recorder's time was written without a zone.</param>
internal readonly record struct MacTime(DateTimeOffset? Own, DateTimeOffset? Recorded, bool IsLocal)
{
    /// <summary>Clocks of the host and of whoever wrote the input differ by this much at most.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromHours(1);

    /// <summary>Bytes of a date and the blank behind it.</summary>
    private const int DateLength = 11;

    /// <summary>The same, earlier by a time that is known.</summary>
    public MacTime Before(long? milliseconds)
    {
        TimeSpan gap = TimeSpan.FromMilliseconds(milliseconds ?? 0);
        return new(Earlier(Own, gap), Earlier(Recorded, gap), IsLocal);
    }

    /// <summary>The day it began on, by the clock that is known.</summary>
    public DateTimeOffset Any => Own ?? Recorded ?? default;

    /// <summary>Reads an entry's time; false where it has none, or no date in an input whose own time is not known.</summary>
    public static bool TryRead(in MacEntry entry, DateTimeOffset? inputTime, out MacTime time)
    {
        time = default;
        if (entry.HasNoDate)
        {
            return TryDated(entry.Time, inputTime, out time);
        }

        if (!Timestamps.TryParse(entry.Time, out DateTimeOffset at, out bool hasZone))
        {
            return false;
        }

        time = hasZone ? new(at, null, false) : new(null, at, true);
        return true;
    }

    /// <summary>A time of day, of the last day on which it was before the input was written.</summary>
    private static bool TryDated(ReadOnlySpan<byte> clock, DateTimeOffset? inputTime, out MacTime time)
    {
        time = default;
        Span<byte> text = stackalloc byte[64];
        if (inputTime is not { } written || clock.Length > text.Length - DateLength)
        {
            return false;
        }

        for (int back = -1; back <= 1; back++)
        {
            DateTimeOffset day = written.ToUniversalTime().AddDays(-back);
            if (!day.TryFormat(text, out int length, "yyyy-MM-dd ", System.Globalization.CultureInfo.InvariantCulture))
            {
                return false;
            }

            clock.CopyTo(text[length..]);
            if (Timestamps.TryParse(text[..(length + clock.Length)], out DateTimeOffset at) && at <= written + Skew)
            {
                time = new(null, at, false);
                return true;
            }
        }

        return false;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? time, TimeSpan gap) =>
        time is { } at && at.UtcTicks > gap.Ticks ? at - gap : time;
}
