using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>When a flow began and ended, from whichever elements a record has: times of their own, uptimes, offsets, a duration.</summary>
internal struct DatagramClock(FlowDatagram header)
{
    private DateTimeOffset? _start;
    private DateTimeOffset? _end;
    private ulong? _firstUptime;
    private ulong? _lastUptime;
    private ulong _booted = header.BootedMs;
    private ulong? _durationMs;

    /// <summary>When the exporter started, Unix milliseconds; 0 where nothing says.</summary>
    public readonly ulong BootedMs => _booted;

    /// <summary>The first packet; null where nothing says.</summary>
    public readonly DateTimeOffset? Start => _start ?? OfUptime(_firstUptime);

    /// <summary>The last packet; null where nothing says.</summary>
    public readonly DateTimeOffset? End =>
        _end ?? OfUptime(_lastUptime) ?? (_durationMs is { } ms && ms <= int.MaxValue ? Start?.AddMilliseconds(ms) : null);

    /// <summary>Takes one field; elements that are no time are passed over.</summary>
    public void Take(ushort element, ReadOnlySpan<byte> value, ulong number)
    {
        switch (element)
        {
            case 21:
                _lastUptime = number;
                break;
            case 22:
                _firstUptime = number;
                break;
            case 150 or 152 or 154 or 156:
                _start = DatagramTimes.Of(element, value, number) ?? _start;
                break;
            case 151 or 153 or 155 or 157:
                _end = DatagramTimes.Of(element - 1, value, number) ?? _end;
                break;
            case 158 when number <= uint.MaxValue:
                _start = header.Exported?.AddTicks(-(long)number * 10);
                break;
            case 159 when number <= uint.MaxValue:
                _end = header.Exported?.AddTicks(-(long)number * 10);
                break;
            case 160:
                _booted = number;
                break;
            case 161:
                _durationMs = number;
                break;
        }
    }

    private readonly DateTimeOffset? OfUptime(ulong? uptime) => uptime is not { } ms ? null
        : header.Version != FlowDatagram.Ipfix ? header.OfUptime((uint)ms)
        : DatagramTimes.OfUnixMs(_booted) is { } start ? start.AddMilliseconds((uint)ms)
        : null;
}

/// <summary>Times as information elements hold them (RFC 7011 §6.1.7 to 6.1.10).</summary>
internal static class DatagramTimes
{
    /// <summary>The year 3000: what is later is no time of a flow, and a duration can be added to what is not.</summary>
    private const ulong MaxMs = 32_503_680_000_000;

    /// <summary>1900-01-01, from which NTP counts, in Unix seconds.</summary>
    private const long NtpEpoch = -2_208_988_800;

    /// <summary>A start time: element 150 in seconds, 152 in milliseconds, 154 and 156 as an NTP timestamp; null where none.</summary>
    public static DateTimeOffset? Of(int element, ReadOnlySpan<byte> value, ulong number) => element switch
    {
        150 => OfUnixMs(Math.Min(number, uint.MaxValue) * 1000),
        152 => OfUnixMs(number),
        _ => value.Length == sizeof(ulong) ? OfNtp(value) : null,
    };

    /// <summary>Unix milliseconds; null where they are zero or beyond the year 3000.</summary>
    public static DateTimeOffset? OfUnixMs(ulong ms) => ms is 0 or > MaxMs ? null : DateTimeOffset.FromUnixTimeMilliseconds((long)ms);

    private static DateTimeOffset? OfNtp(ReadOnlySpan<byte> value)
    {
        uint seconds = BinaryPrimitives.ReadUInt32BigEndian(value);
        long ticks = (long)(BinaryPrimitives.ReadUInt32BigEndian(value[4..]) * (ulong)TimeSpan.TicksPerSecond >> 32);
        return seconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(NtpEpoch + seconds).AddTicks(ticks);
    }
}
