using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux.Syslog;

/// <summary>
/// The time that nearly every line of RFC 3164 has, <c>Jan  1 08:12:01</c> and a blank: read at once, where <see cref="SyslogTime"/> reads
/// its many variants part by part.
/// </summary>
internal static class UsualSyslogTime
{
    /// <summary>Bytes of it.</summary>
    public const int Length = 15;

    /// <summary>When each month begins in the year that stands for none.</summary>
    private static readonly DateTimeOffset[] Months =
        [.. Enumerable.Range(1, 12).Select(month => new DateTimeOffset(SyslogTime.NoYear, month, 1, 0, 0, 0, TimeSpan.Zero))];

    /// <summary>Whether a text begins with it: then a whole head of syslog's stands there.</summary>
    public static bool IsAt(ReadOnlySpan<byte> text) => TryRead(text, out _);

    /// <summary>Reads it; false where the text begins with another time, or where anything about it is odd.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out SyslogTime time)
    {
        time = default;
        if (text.Length <= Length || text[Length] != (byte)' ' || text[3] != (byte)' ' || text[6] != (byte)' ' || text[9] != (byte)':'
            || text[12] != (byte)':' || EnglishMonths.At(text) is not (> 0 and var month))
        {
            return false;
        }

        int day = Timestamps.TwoDigits(text[4] == (byte)' ' ? (byte)'0' : text[4], text[5]);
        int hour = Timestamps.TwoDigits(text[7], text[8]);
        int minute = Timestamps.TwoDigits(text[10], text[11]);
        int second = Timestamps.TwoDigits(text[13], text[14]);
        if (day < 1 || day > DateTime.DaysInMonth(SyslogTime.NoYear, month) || hour is < 0 or > 23 || minute is < 0 or > 59
            || second is < 0 or > 60)
        {
            return false;
        }

        long seconds = ((((((day - 1L) * 24) + hour) * 60) + minute) * 60) + second;
        time = new(Months[month - 1].AddTicks(seconds * TimeSpan.TicksPerSecond), HasZone: false, HasYear: false);
        return true;
    }
}
