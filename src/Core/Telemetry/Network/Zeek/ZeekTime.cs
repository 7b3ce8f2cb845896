using System.Buffers.Text;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>Reads Zeek's times in each of its JSON settings: epoch seconds, epoch milliseconds, ISO 8601.</summary>
internal static class ZeekTime
{
    /// <summary>Digits of a whole number from which it counts milliseconds: as seconds it would be later than the year 5000.</summary>
    private const int MillisecondDigits = 12;

    /// <summary>Reads a time; false when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        int point = text.IndexOf((byte)'.');
        int whole = point < 0 ? text.Length : point;
        if (whole >= MillisecondDigits && Utf8Parser.TryParse(text[..whole], out long milliseconds, out int used) && used == whole)
        {
            time = default;
            return milliseconds <= long.MaxValue / TimeSpan.TicksPerMillisecond
                && Timestamps.TryFromUnixTicks(milliseconds * TimeSpan.TicksPerMillisecond, out time);
        }

        return Timestamps.TryParseEpochSeconds(text, out time) || Timestamps.TryParse(text, out time);
    }
}
