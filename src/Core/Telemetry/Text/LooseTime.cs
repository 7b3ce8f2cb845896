using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace CipherWatch.Core.Telemetry.Text;

/// <summary>
/// Reads a time in whichever way a shipper or an export writes it: ISO 8601, Unix epochs in seconds to nanoseconds, .NET's
/// <c>/Date(…)/</c>, and the American dates of portals and of Splunk.
/// </summary>
internal static class LooseTime
{
    /// <summary>
    /// Digits of a whole number that can be a wall clock: ten are seconds (2001–2286), thirteen milliseconds, sixteen microseconds,
    /// nineteen nanoseconds. Fewer count from a start of their own.
    /// </summary>
    private const int SecondDigits = 10;

    private const int DigitsPerUnit = 3;
    private const int MaxDigits = 19;

    /// <summary>Reads a time; false when it is none.</summary>
    /// <param name="text">Its text, JSON escapes included.</param>
    /// <param name="time">The time; taken as UTC where no zone is written.</param>
    /// <param name="hasZone">Whether one is written, or it is an epoch.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time, out bool hasZone) =>
        Timestamps.TryParse(text, out time, out hasZone) || TryOther(text, out time, out hasZone);

    private static bool TryOther(ReadOnlySpan<byte> text, out DateTimeOffset time, out bool hasZone)
    {
        time = default;
        hasZone = false;
        if (text.IndexOf("Date("u8) is >= 0 and var at && text[(at + 5)..] is var rest && rest.IndexOfAny(")+"u8) is > 0 and var end)
        {
            hasZone = true;
            return Utf8Parser.TryParse(rest[..end], out long milliseconds, out int used) && used == end
                && milliseconds is > -62_135_596_800_000 and < 253_402_300_800_000
                && TryFrom(milliseconds * TimeSpan.TicksPerMillisecond, out time);
        }

        if (text.IndexOf((byte)'/') >= 0)
        {
            return TryAmerican(text, out time, out hasZone);
        }

        hasZone = true;
        return TryParseEpoch(text, out time);
    }

    /// <summary>Reads an epoch, its unit told by its digits; false for what is too short to be a wall clock.</summary>
    public static bool TryParseEpoch(scoped ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        Span<byte> plain = stackalloc byte[DecimalNumber.MaxBytes];
        if (text.ContainsAny("eE"u8))
        {
            if (!DecimalNumber.TryExpand(text, plain, out int length))
            {
                return false;
            }

            text = plain[..length];
        }

        int point = text.IndexOf((byte)'.');
        int digits = point < 0 ? text.Length : point;
        if (digits < SecondDigits || digits > MaxDigits
            || (point >= 0 && text[(point + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
            || !Utf8Parser.TryParse(text[..digits], out long whole, out int used) || used != digits)
        {
            return false;
        }

        if (digits < SecondDigits + DigitsPerUnit)
        {
            return Timestamps.TryParseEpochSeconds(text, out time);
        }

        long ticks = digits < SecondDigits + (2 * DigitsPerUnit) ? whole * TimeSpan.TicksPerMillisecond
            : digits < SecondDigits + (3 * DigitsPerUnit) ? whole * TimeSpan.TicksPerMicrosecond
            : whole / TimeSpan.NanosecondsPerTick;
        return Timestamps.TryFromUnixTicks(ticks, out time);
    }

    private static bool TryFrom(long unixTicks, out DateTimeOffset time)
    {
        time = DateTimeOffset.UnixEpoch.AddTicks(unixTicks);
        return true;
    }

    /// <summary><c>8/6/2020, 7:56:41.450 AM</c>, with or without the comma, the fraction and <c>UTC</c> behind it.</summary>
    private static bool TryAmerican(ReadOnlySpan<byte> text, out DateTimeOffset time, out bool hasZone)
    {
        time = default;
        hasZone = text.EndsWith(" UTC"u8);
        text = hasZone ? text[..^4] : text;
        bool isAfternoon = text.EndsWith(" PM"u8);
        if (!isAfternoon && !text.EndsWith(" AM"u8))
        {
            return false;
        }

        text = text[..^3];
        if (!Number(ref text, (byte)'/', 12, out int month) || !Number(ref text, (byte)'/', 31, out int day)
            || !Number(ref text, (byte)' ', 9999, out int year) || !Number(ref text, (byte)':', 12, out int hour)
            || !Number(ref text, (byte)':', 59, out int minute)
            || month == 0 || day == 0 || year == 0 || hour == 0 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        int point = text.IndexOf((byte)'.');
        ReadOnlySpan<byte> fraction = point < 0 ? default : text[(point + 1)..];
        text = point < 0 ? text : text[..point];
        if (!Utf8Parser.TryParse(text, out int second, out int used) || used != text.Length || second is < 0 or > 59
            || fraction.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return false;
        }

        long ticks = 0;
        long unit = TimeSpan.TicksPerSecond;
        foreach (byte digit in fraction)
        {
            unit /= 10;
            ticks += (digit - '0') * unit;
        }

        time = new DateTimeOffset(year, month, day, (hour % 12) + (isAfternoon ? 12 : 0), minute, second, TimeSpan.Zero).AddTicks(ticks);
        return true;
    }

    private static bool Number(ref ReadOnlySpan<byte> text, byte end, int max, out int number)
    {
        number = 0;
        int at = text.IndexOf(end);
        ReadOnlySpan<byte> digits = at < 0 ? default : text[..at];
        digits = digits is [.., (byte)','] ? digits[..^1] : digits;
        if (digits.IsEmpty || !Utf8Parser.TryParse(digits, out number, out int used) || used != digits.Length || number < 0 || number > max)
        {
            return false;
        }

        text = text[(at + 1)..];
        return true;
    }
}
