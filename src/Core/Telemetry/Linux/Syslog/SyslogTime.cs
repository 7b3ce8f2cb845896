using System.Runtime.CompilerServices;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux.Syslog;

/// <summary>The time of a syslog line, as written.</summary>
/// <param name="Written">The time; of one without a year, in the year that was said to be <see cref="NoYear"/>.</param>
/// <param name="HasZone">It says how far it is from UTC.</param>
/// <param name="HasYear">It says its year.</param>
/// <param name="IsLoose">It is written as other logs write theirs too: what follows has to tell.</param>
internal readonly record struct SyslogTime(DateTimeOffset Written, bool HasZone, bool HasYear, bool IsLoose = false)
{
    /// <summary>A leap year, so that every day has a place in it.</summary>
    public const int NoYear = 4;

    /// <summary>How much of a line is looked at for a head that was altered.</summary>
    private const int MaxHeadBytes = 256;

    private static ReadOnlySpan<byte> WeekDays => "MonTueWedThuFriSatSun"u8;

    /// <summary>How far a clock may run ahead of the one that wrote the file.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    /// <summary>Whether there is one.</summary>
    public bool IsKnown => Written != default;

    /// <summary>Reads the time that a text begins with.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The time.</param>
    /// <param name="length">Bytes of it.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out SyslogTime time, out int length)
    {
        time = default;
        length = 0;
        if (text.Length < 15)
        {
            return false;
        }

        bool isLoose = text[10] == (byte)' ' && text[4] == (byte)'-' && text[7] == (byte)'-';
        if ((text[10] == (byte)'T' || isLoose) && (uint)(text[0] - '0') <= 9)
        {
            int end = text[11..].IndexOf((byte)' ');
            length = end < 0 ? text.Length : 11 + end;
            bool read = Timestamps.TryParse(text[..length], out DateTimeOffset iso, out bool zoned);
            time = new(iso, zoned, HasYear: true, isLoose);
            return read;
        }

        length = UsualSyslogTime.Length;
        return UsualSyslogTime.TryRead(text, out time) || TryBsd(text, out time, out length);
    }

    /// <summary>The time, in the year that a line without one is of: the last in which it had passed when the input was written.</summary>
    /// <param name="reference">When the input was written, or the present.</param>
    public DateTimeOffset In(DateTimeOffset reference)
    {
        if (HasYear)
        {
            return Written;
        }

        for (int year = reference.UtcDateTime.Year + 1; year > reference.UtcDateTime.Year - 9 && year > 1; year--)
        {
            if (Written.Day > DateTime.DaysInMonth(year, Written.Month))
            {
                continue;
            }

            DateTimeOffset dated = new(new DateTime(year, Written.Month, Written.Day, 0, 0, 0, DateTimeKind.Utc) + Written.TimeOfDay);
            if (dated <= reference + Ahead)
            {
                return dated;
            }
        }

        return Written;
    }

    /// <summary>Whether a text begins with a month and one of a day and a clock, the other being none.</summary>
    public static bool IsBrokenAt(ReadOnlySpan<byte> text)
    {
        int at = 0;
        text = text[..Math.Min(text.Length, MaxHeadBytes)];
        if (text.Length < 15 || MonthNames.Read(text, ref at) == 0)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text[at..].TrimStart((byte)' ');
        int end = rest.IndexOf((byte)' ');
        if (end <= 0)
        {
            return false;
        }

        int place = 0;
        bool isDay = Number(rest, ref place, 2, out _) && place == end;
        ReadOnlySpan<byte> behind = rest[end..].TrimStart((byte)' ');
        place = 0;
        behind = Number(behind, ref place, 4, out _) && place == 4 && behind[place..] is [(byte)' ', ..] ? behind[5..] : behind;
        int length = behind.IndexOf((byte)' ');
        place = 0;
        bool isClock = length > 0 && Clock(behind[..length], ref place, out _) && place == length;
        return isDay != isClock && (isClock || behind.IndexOf(": "u8) > 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryBsd(ReadOnlySpan<byte> text, out SyslogTime time, out int length)
    {
        time = default;
        length = 0;
        int at = 0;
        int year = 0;
        bool hasDay = text[3] == (byte)' ' && WeekDays.IndexOf(text[..3]) is >= 0 and var weekDay && weekDay % 3 == 0;
        if (hasDay)
        {
            at = 4;
        }
        else if (Number(text, ref at, 4, out int first) && at == 4 && text[at] == (byte)' ')
        {
            (year, at) = (first, 5);
        }
        else
        {
            at = 0;
        }

        int month = MonthNames.Read(text, ref at);
        at += Blanks(text, at);
        if (month == 0 || !Number(text, ref at, 2, out int day) || Blanks(text, at) == 0)
        {
            return false;
        }

        at += Blanks(text, at);
        int before = at;
        if (Number(text, ref at, 4, out int behind) && at - before == 4 && Blanks(text, at) == 1)
        {
            (year, at) = (behind, at + 1);
        }
        else
        {
            at = before;
        }

        bool hasClock = Clock(text, ref at, out TimeSpan clock);
        if (hasDay && hasClock && Blanks(text, at) == 1)
        {
            // ctime's form: "Mon Jan 12 08:12:01 2026".
            int space = at++;
            at = Number(text, ref at, 4, out year) && at - space == 5 ? at : space;
            year = at == space ? 0 : year;
        }

        if (!hasClock || day < 1 || year is not (0 or (> 1900 and < 3000))
            || day > DateTime.DaysInMonth(year == 0 ? NoYear : year, month))
        {
            return false;
        }

        length = at;
        DateTime date = new(year == 0 ? NoYear : year, month, day, 0, 0, 0, DateTimeKind.Utc);
        time = new(new(date + clock), HasZone: false, year != 0, hasDay);
        return true;
    }

    private static bool Clock(ReadOnlySpan<byte> text, ref int at, out TimeSpan clock)
    {
        clock = default;
        if (!Number(text, ref at, 2, out int hour) || !Colon(text, ref at) || !Number(text, ref at, 2, out int minute)
            || !Colon(text, ref at)
            || !Number(text, ref at, 2, out int second) || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        long fraction = 0;
        if (at < text.Length && text[at] == (byte)'.')
        {
            long unit = TimeSpan.TicksPerSecond;
            for (at++; at < text.Length && (uint)(text[at] - '0') is <= 9 and var digit; at++)
            {
                unit /= 10;
                fraction += digit * unit;
            }
        }

        clock = new TimeSpan(hour, minute, second) + TimeSpan.FromTicks(fraction);
        return true;
    }

    private static bool Colon(ReadOnlySpan<byte> text, ref int at)
    {
        bool colon = at < text.Length && text[at] == (byte)':';
        at += colon ? 1 : 0;
        return colon;
    }

    private static int Blanks(ReadOnlySpan<byte> text, int at)
    {
        int start = at;
        while (at < text.Length && text[at] == (byte)' ')
        {
            at++;
        }

        return at - start;
    }

    private static bool Number(ReadOnlySpan<byte> text, ref int at, int most, out int number)
    {
        number = 0;
        int start = at;
        while (at < text.Length && at - start < most && (uint)(text[at] - '0') is <= 9 and var digit)
        {
            number = (number * 10) + (int)digit;
            at++;
        }

        return at > start;
    }
}
