using System.Buffers.Text;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>The name of an event within its host: its time and a serial that restarts at boot.</summary>
/// <param name="Ticks">Unix time in units of 100 ns.</param>
/// <param name="Serial">The serial, up to 4,294,967,295.</param>
/// <param name="IsLocal">The time was written without a zone, in the reader's own.</param>
internal readonly record struct AuditStamp(long Ticks, long Serial, bool IsLocal = false)
{
    private const int MsDigits = 3;

    /// <summary>Whether there is one.</summary>
    public bool IsKnown => Ticks != 0 || Serial != 0;

    /// <summary>The time.</summary>
    public DateTimeOffset Time => DateTimeOffset.UnixEpoch.AddTicks(Ticks);

    /// <summary>Reads <c>1700000000.100:17</c>, or the same with ausearch's date and time; false when it is neither.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out AuditStamp stamp)
    {
        if (TryPlain(text, out stamp))
        {
            return true;
        }

        int colon = text.LastIndexOf((byte)':');
        if (colon <= 0 || !Utf8Parser.TryParse(text[(colon + 1)..], out long serial, out int used) || used != text.Length - colon - 1
            || serial < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> time = text[..colon];
        if (TrySeconds(time, out long ticks))
        {
            stamp = new(ticks, serial);
            return true;
        }

        if (time.IndexOf((byte)' ') > 0 && AuditDate.TryParse(time, out DateTimeOffset local))
        {
            stamp = new((local - DateTimeOffset.UnixEpoch).Ticks, serial, IsLocal: true);
            return true;
        }

        return false;
    }

    /// <summary>
    /// Reads ten digits, a point, three digits, a colon and a serial in one go: what the kernel writes since 2001, and until 2286.
    /// </summary>
    private static bool TryPlain(ReadOnlySpan<byte> text, out AuditStamp stamp)
    {
        const int Point = 10;
        const int Colon = Point + 1 + MsDigits;
        const int MaxSerialDigits = 10;
        stamp = default;
        if (text.Length is <= Colon + 1 or > Colon + 1 + MaxSerialDigits || text[Point] != (byte)'.' || text[Colon] != (byte)':')
        {
            return false;
        }

        long ms = 0;
        long serial = 0;
        for (int at = 0; at < text.Length; at++)
        {
            uint digit = (uint)(text[at] - '0');
            if (at is Point or Colon)
            {
                continue;
            }

            if (digit > 9)
            {
                return false;
            }

            ms = at < Colon ? (ms * 10) + digit : ms;
            serial = at > Colon ? (serial * 10) + digit : serial;
        }

        stamp = new(ms * TimeSpan.TicksPerMillisecond, serial);
        return true;
    }

    /// <summary>Reads seconds and milliseconds.</summary>
    public static bool TrySeconds(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        int point = text.IndexOf((byte)'.');
        if (point != text.Length - MsDigits - 1 || point is < 1 or > 11)
        {
            // Rare: no fraction, or one of another length.
            bool read = Timestamps.TryParseEpochSeconds(text, out DateTimeOffset time);
            ticks = read ? (time - DateTimeOffset.UnixEpoch).Ticks : 0;
            return read;
        }

        long ms = 0;
        for (int at = 0; at < text.Length; at++)
        {
            uint digit = (uint)(text[at] - '0');
            if (digit <= 9)
            {
                ms = (ms * 10) + digit;
            }
            else if (at != point)
            {
                return false;
            }
        }

        bool fits = Timestamps.TryFromUnixTicks(ms * TimeSpan.TicksPerMillisecond, out _);
        ticks = fits ? ms * TimeSpan.TicksPerMillisecond : 0;
        return fits;
    }
}
