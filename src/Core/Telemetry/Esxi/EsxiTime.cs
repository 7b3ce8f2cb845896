using System.Buffers.Text;
using System.Globalization;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>Reads the times of ESXi's lines.</summary>
internal static class EsxiTime
{
    /// <summary>A line may be stamped this much after its file was last written, by clocks that differ.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    private const int MaxTimeLength = 32;

    private static readonly string[] PortalForms = ["M/d/yyyy, h:mm:ss.fff tt", "M/d/yyyy, h:mm:ss tt"];

    /// <summary>Reads a time in any shape that a header has.</summary>
    /// <param name="text">As written.</param>
    /// <param name="inputTime">When the input was written: a time without a year is of the year that ends then.</param>
    /// <param name="time">UTC, or local where no zone is written.</param>
    /// <param name="hasZone">Whether a zone is written.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, DateTimeOffset? inputTime, out DateTimeOffset time, out bool hasZone) =>
        Timestamps.TryParse(text, out time, out hasZone) || TryYearless(text, inputTime, out time) || TryPortal(text, out time);

    /// <summary>Reads <c>11/13/2020, 2:07:03.477 PM</c>, as the Azure portal exports a row's UTC time.</summary>
    private static bool TryPortal(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        Span<char> plain = stackalloc char[MaxTimeLength];
        return text.Length <= MaxTimeLength && text.IndexOf(", "u8) > 0 && text[^1] == (byte)'M'
            && System.Text.Encoding.ASCII.TryGetChars(text, plain, out int length)
            && DateTimeOffset.TryParseExact(
                plain[..length],
                PortalForms,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out time);
    }

    private static bool TryYearless(ReadOnlySpan<byte> text, DateTimeOffset? inputTime, out DateTimeOffset time)
    {
        time = default;
        if (inputTime is not { } written || text.Length < 15 || EnglishMonths.At(text) is not (> 0 and var month)
            || !Utf8Parser.TryParse(text[4..6].TrimStart((byte)' '), out int day, out _)
            || !Utf8Parser.TryParse(text[7..15], out TimeSpan clock, out int used, 'c') || used != 8)
        {
            return false;
        }

        for (int year = (written + Ahead).Year; year >= written.Year - 1 && year > 0; year--)
        {
            if (day >= 1 && day <= DateTime.DaysInMonth(year, month))
            {
                DateTimeOffset at = new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero) + clock;
                if (at <= written + Ahead)
                {
                    time = at;
                    return true;
                }
            }
        }

        return false;
    }
}
