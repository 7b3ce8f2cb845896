using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>Times as information elements hold them (RFC 7011 §6.1.7 to 6.1.10).</summary>
internal static class DatagramTimes
{
    /// <summary>The year 3000: what is later is no time of a flow, and a duration can be added to what is not.</summary>
    private const ulong LatestMs = 32_503_680_000_000;

    /// <summary>1900-01-01, from which NTP counts, in Unix seconds.</summary>
    private const long NtpEpoch = -2_208_988_800;

    /// <summary>A start time: element 150 in seconds, 152 in milliseconds, 154 and 156 as an NTP timestamp; null where it is zero or none.</summary>
    public static DateTimeOffset? Of(int element, ReadOnlySpan<byte> value, ulong number) => element switch
    {
        150 => OfUnixMs(Math.Min(number, uint.MaxValue) * 1000),
        152 => OfUnixMs(number),
        _ => value.Length == sizeof(ulong) ? OfNtp(value) : null,
    };

    /// <summary>Unix milliseconds; null where they are zero or beyond the year 3000.</summary>
    public static DateTimeOffset? OfUnixMs(ulong ms) => ms is 0 or > LatestMs ? null : DateTimeOffset.FromUnixTimeMilliseconds((long)ms);

    private static DateTimeOffset? OfNtp(ReadOnlySpan<byte> value)
    {
        uint seconds = BinaryPrimitives.ReadUInt32BigEndian(value);
        long ticks = (long)(BinaryPrimitives.ReadUInt32BigEndian(value[4..]) * (ulong)TimeSpan.TicksPerSecond >> 32);
        return seconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(NtpEpoch + seconds).AddTicks(ticks);
    }
}
