using System.Runtime.CompilerServices;

namespace CipherWatch.Core.Telemetry.Text;

/// <summary>Reads the timestamps of logs: ISO 8601 and its common misspellings, and Unix epochs.</summary>
internal static class Timestamps
{
    private const int TicksDigits = 7;

    /// <summary>Digits of Unix seconds, at most: the calendar ends before a twelfth.</summary>
    private const int SecondsDigits = 11;

    /// <summary>
    /// Reads <c>2022-08-18T06:55:57.789Z</c>, with a space for the T, slashes for the hyphens, 0–9 fraction digits (beyond 7 dropped),
    /// and a zone written Z, UTC, ±hh:mm, ±hhmm, behind a space or not, or not at all. Without a zone it is taken as UTC.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time) => TryParse(text, out time, out _);

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out DateTimeOffset)"/>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time, out bool hasZone)
    {
        time = default;
        hasZone = false;
        if (text.Length < 19 || text[4] is not ((byte)'-' or (byte)'/') || text[7] != text[4]
            || text[10] is not ((byte)'T' or (byte)' ') || text[13] != ':'
            || text[16] != ':')
        {
            return false;
        }

        int century = TwoDigits(text, 0);
        int ofCentury = TwoDigits(text, 2);
        int year = (century * 100) + ofCentury;
        int month = TwoDigits(text, 5);
        int day = TwoDigits(text, 8);
        int hour = TwoDigits(text, 11);
        int minute = TwoDigits(text, 14);
        int second = TwoDigits(text, 17);
        if (century < 0 || ofCentury < 0 || year == 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 60)
        {
            return false;
        }

        // A leap second has no place on a clock of days; it is the next second.
        long ticks = new DateTime(year, month, day, hour, minute, 0, DateTimeKind.Utc).Ticks + (second * TimeSpan.TicksPerSecond);
        ReadOnlySpan<byte> rest = text[19..];
        if (rest is [(byte)'.' or (byte)',', ..])
        {
            rest = rest[1..];
            int digits = 0;
            long fraction = 0;
            while (digits < rest.Length && rest[digits] is >= (byte)'0' and <= (byte)'9')
            {
                fraction = digits < TicksDigits ? (fraction * 10) + rest[digits] - '0' : fraction;
                digits++;
            }

            for (int missing = digits; missing < TicksDigits; missing++)
            {
                fraction *= 10;
            }

            ticks += fraction;
            rest = rest[digits..];
        }

        if (!TryZone(rest, out TimeSpan offset, out hasZone))
        {
            return false;
        }

        ticks -= offset.Ticks;
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.Ticks)
        {
            return false;
        }

        time = new(ticks, TimeSpan.Zero);
        return true;
    }

    /// <summary>Reads Unix seconds with an optional fraction, exactly: no floating point, so no rounding by magnitude.</summary>
    public static bool TryParseEpochSeconds(ReadOnlySpan<byte> text, out DateTimeOffset time) =>
        TryParsePlainSeconds(text, out time) || (text.ContainsAny("eE"u8) && TryParseExponent(text, out time));

    /// <summary>The same, of digits and a point: an exponent, which changes all of it, is not read.</summary>
    public static bool TryParsePlainSeconds(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        long seconds = 0;
        int at = 0;
        while (at < text.Length && (uint)(text[at] - '0') is <= 9 and var digit)
        {
            seconds = (seconds * 10) + digit;
            at++;
        }

        if (at is 0 or > SecondsDigits || (at < text.Length && text[at++] != (byte)'.'))
        {
            return false;
        }

        // Digits beyond the seventh are dropped, but digits they must be.
        long unit = TimeSpan.TicksPerSecond;
        long ticks = seconds * unit;
        for (; at < text.Length; at++)
        {
            uint digit = (uint)(text[at] - '0');
            if (digit > 9)
            {
                return false;
            }

            unit /= 10;
            ticks += digit * unit;
        }

        return TryFromUnixTicks(ticks, out time);
    }

    /// <summary>A time from ticks (100 ns) since the Unix epoch; false when it is off the calendar.</summary>
    public static bool TryFromUnixTicks(long ticks, out DateTimeOffset time)
    {
        bool fits = ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks - DateTimeOffset.UnixEpoch.Ticks;
        time = fits ? DateTimeOffset.UnixEpoch.AddTicks(ticks) : default;
        return fits;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryParseExponent(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        Span<byte> plain = stackalloc byte[DecimalNumber.MaxBytes];
        return DecimalNumber.TryExpand(text, plain, out int length) && TryParsePlainSeconds(plain[..length], out time);
    }

    private static bool TryZone(ReadOnlySpan<byte> text, out TimeSpan offset, out bool hasZone)
    {
        offset = default;

        // Some put a space before the zone.
        text = text is [(byte)' ', ..] ? text[1..] : text;
        hasZone = !text.IsEmpty;
        if (text.IsEmpty || text is [(byte)'Z' or (byte)'z'] || (text.Length == 3 && text.SequenceEqual("UTC"u8)))
        {
            return true;
        }

        bool colon = text is [_, _, _, (byte)':', _, _];
        if ((!colon && text.Length != 5) || text[0] is not ((byte)'+' or (byte)'-')
            || TwoDigits(text, 1) is var hours && hours is < 0 or > 14
            || TwoDigits(text, text.Length - 2) is var minutes && minutes is < 0 or > 59)
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    /// <summary>The number that two digits are; −1 where one is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TwoDigits(byte first, byte second)
    {
        uint tens = (uint)(first - '0');
        uint ones = (uint)(second - '0');
        return tens <= 9 && ones <= 9 ? (int)((tens * 10) + ones) : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TwoDigits(ReadOnlySpan<byte> text, int at) => TwoDigits(text[at], text[at + 1]);
}
