namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>When a flow began and ended, by whichever clock its record uses.</summary>
internal struct DatagramTimes
{
    private static readonly DateTimeOffset NtpEpoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly DatagramHeader _header;
    private DateTimeOffset? _start;
    private DateTimeOffset? _end;
    private DateTimeOffset? _systemStart;
    private uint? _startUptime;
    private uint? _endUptime;

    /// <summary>Nothing is known but when the datagram was sent.</summary>
    public DatagramTimes(in DatagramHeader header)
    {
        _header = header;
    }

    /// <summary>The first packet; where nothing says, when the datagram was sent.</summary>
    public readonly DateTimeOffset Start => _start ?? Wall(_startUptime) ?? _end ?? _header.Exported;

    /// <summary>From the first packet to the last, milliseconds; null where it is not known.</summary>
    public readonly long? DurationMs
    {
        get
        {
            if (_start is { } start && _end is { } end)
            {
                return end >= start ? (long)(end - start).TotalMilliseconds : null;
            }

            return _startUptime is { } from && _endUptime is { } to && to >= from ? to - from : null;
        }
    }

    /// <summary>Takes one field; elements that are no time are passed over.</summary>
    public void Take(FlowElement element, ulong number)
    {
        switch (element)
        {
            case FlowElement.StartUptime:
                _startUptime = (uint)number;
                break;
            case FlowElement.EndUptime:
                _endUptime = (uint)number;
                break;
            case FlowElement.SystemStart:
                _systemStart = Unix(number, TimeSpan.TicksPerMillisecond);
                break;
            case FlowElement.StartSeconds:
                _start = Unix(number, TimeSpan.TicksPerSecond);
                break;
            case FlowElement.EndSeconds:
                _end = Unix(number, TimeSpan.TicksPerSecond);
                break;
            case FlowElement.StartMilliseconds:
                _start = Unix(number, TimeSpan.TicksPerMillisecond);
                break;
            case FlowElement.EndMilliseconds:
                _end = Unix(number, TimeSpan.TicksPerMillisecond);
                break;
            case FlowElement.StartNtp:
                _start = Ntp(number);
                break;
            case FlowElement.EndNtp:
                _end = Ntp(number);
                break;
        }
    }

    private readonly DateTimeOffset? Wall(uint? uptime) => uptime is not { } ms ? null
        : _systemStart is { } began && began < DateTimeOffset.MaxValue.AddDays(-100) ? began.AddMilliseconds(ms)
        : _header.Version == DatagramFrame.Ipfix ? null
        : _header.At(ms);

    private static DateTimeOffset? Unix(ulong number, long ticks) =>
        number > 0 && number <= (ulong)(long.MaxValue / ticks) && Timestamps.TryFromUnixTicks((long)number * ticks, out DateTimeOffset time) ? time : null;

    private static DateTimeOffset? Ntp(ulong number) => number == 0 ? null
        : NtpEpoch.AddSeconds(number >> 32).AddTicks((long)(((number & uint.MaxValue) * TimeSpan.TicksPerSecond) >> 32));
}
