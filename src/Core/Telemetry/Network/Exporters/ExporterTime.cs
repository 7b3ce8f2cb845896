using System.Buffers.Text;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Exporters;

/// <summary>Reads the times of collectors: text, or numbers whose size says their unit.</summary>
internal static class ExporterTime
{
    /// <summary>
    /// Digits of a whole number that can be a wall clock: ten are seconds (2001–2286), thirteen milliseconds, sixteen microseconds,
    /// nineteen nanoseconds. Fewer count from the exporter's start.
    /// </summary>
    private const int SecondDigits = 10;

    private const int DigitsPerUnit = 3;
    private const int MaxDigits = 19;

    /// <summary>Reads a wall-clock time; false for none, for zeros (which collectors write for "not known") and for uptimes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        if (text.Length > SecondDigits && text[4] == '-')
        {
            return Timestamps.TryParse(text, out time);
        }

        time = default;
        int point = text.IndexOf((byte)'.');
        int digits = point < 0 ? text.Length : point;
        if (digits < SecondDigits || digits > MaxDigits || !Utf8Parser.TryParse(text[..digits], out long whole, out int used) || used != digits)
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
}
