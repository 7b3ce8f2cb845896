using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>Reads the date and time that <c>ausearch -i</c> prints: the locale's date, 24 hours, milliseconds, no zone.</summary>
/// <remarks>
/// Of <c>11/12/23</c> the month comes first, as in the C locale; where the first number cannot be one, it is the day. Dots put the
/// day first, a year of four digits in front the month second.
/// </remarks>
internal static class AuditDate
{
    private const int Century = 2000;

    /// <summary>Reads <c>11/14/23 22:13:20.100</c>; the time is taken as UTC.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        int blank = text.IndexOf((byte)' ');
        if (blank < 6 || !TryDate(text[..blank], out int year, out int month, out int day))
        {
            return false;
        }

        // The rest is a time of day: let the reader of ISO times have it.
        ReadOnlySpan<byte> clock = text[(blank + 1)..];
        Span<byte> iso = stackalloc byte[32];
        if (clock.Length is < 8 or > 18)
        {
            return false;
        }

        Two(iso, 0, year / 100);
        Two(iso, 2, year % 100);
        iso[4] = (byte)'-';
        Two(iso, 5, month);
        iso[7] = (byte)'-';
        Two(iso, 8, day);
        iso[10] = (byte)' ';
        clock.CopyTo(iso[11..]);
        return Timestamps.TryParse(iso[..(11 + clock.Length)], out time, out bool hasZone) && !hasZone;
    }

    private static bool TryDate(ReadOnlySpan<byte> text, out int year, out int month, out int day)
    {
        (year, month, day) = (0, 0, 0);
        int first = text.IndexOfAny((byte)'/', (byte)'.', (byte)'-');
        if (first < 1)
        {
            return false;
        }

        byte separator = text[first];
        ReadOnlySpan<byte> rest = text[(first + 1)..];
        int second = rest.IndexOf(separator);
        if (second < 1 || !Number(text[..first], out int one) || !Number(rest[..second], out int two)
            || !Number(rest[(second + 1)..], out int three))
        {
            return false;
        }

        (year, month, day) = first == 4 ? (one, two, three)
            : separator == (byte)'/' && one <= 12 ? (three, one, two)
            : (three, two, one);
        year = year < 100 ? Century + year : year;
        return year <= 9999;
    }

    private static bool Number(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (byte digit in text)
        {
            if ((uint)(digit - '0') > 9)
            {
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        return text.Length is > 0 and <= 4;
    }

    private static void Two(Span<byte> text, int at, int number)
    {
        text[at] = (byte)('0' + (number / 10 % 10));
        text[at + 1] = (byte)('0' + (number % 10));
    }
}
