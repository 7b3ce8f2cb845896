using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Captures.Packets;

namespace CipherWatch.Core.Telemetry.Captures.Flows;

/// <summary>What is gathered of one flow while the capture is read. The first packet's sender is the first end.</summary>
internal sealed class GatheredFlow(
    int number, IpAddress firstIp, ushort firstPort, IpAddress secondIp, ushort secondPort, byte protocol, long ticks)
{
    /// <summary>Ports below this are a server's (RFC 6335 §6: assigned by IANA).</summary>
    private const ushort SystemPorts = 1024;

    /// <summary>
    /// How far back a packet's time may lie behind the one before it. Captures of several interfaces are out of order by
    /// milliseconds; more is a clock that was set back.
    /// </summary>
    private const long DisorderTicks = TimeSpan.TicksPerSecond;

    /// <summary>How far below what was seen of a stream a SYN may stand and still be the one that opened it, bytes.</summary>
    private const int MaxLateSyn = 1 << 20;

    private long _latest = ticks;
    private long _tunnelled;

    /// <summary>Place among the capture's flows.</summary>
    public int Number { get; } = number;

    /// <summary>The end that sent the first packet.</summary>
    public IpAddress FirstIp { get; } = firstIp;

    /// <summary>Its port.</summary>
    public ushort FirstPort { get; } = firstPort;

    /// <summary>The other end.</summary>
    public IpAddress SecondIp { get; } = secondIp;

    /// <summary>Its port.</summary>
    public ushort SecondPort { get; } = secondPort;

    /// <summary>Transport protocol.</summary>
    public byte Protocol { get; } = protocol;

    /// <summary>Time of the first packet, ticks since the Unix epoch; <see cref="CaptureTime.Unknown"/> where none has one.</summary>
    public long FirstTicks { get; private set; } = ticks;

    /// <summary>Time of the last packet.</summary>
    public long LastTicks { get; private set; } = ticks;

    /// <summary>Whether the clock was set back while it lasted: how long that was is not known then.</summary>
    public bool IsStepped { get; private set; }

    /// <summary>What travelled in most of its datagrams: the name of that tunnel; null where nothing did.</summary>
    public string? Tunnel
    {
        get => _tunnelled * 2 >= FromFirst.Packets + FromSecond.Packets ? field : null;
        private set;
    }

    /// <summary>From the first end.</summary>
    public DirectionState FromFirst { get; } = new();

    /// <summary>From the second end.</summary>
    public DirectionState FromSecond { get; } = new();

    /// <summary>Which end opened it: true for the first, false for the second, null where no packet says so.</summary>
    public bool? FirstOpened { get; private set; }

    /// <summary>
    /// Whether the first end is the initiator: by what the packets say, or else by the ports, which is what detections go by too.
    /// </summary>
    public bool FirstInitiates => FirstOpened
        ?? (FirstPort < SystemPorts != SecondPort < SystemPorts ? SecondPort < SystemPorts
            : FirstPort < SystemPorts || FirstPort >= SecondPort);

    /// <summary>Whether a SYN belongs to a new connection between the same ports, and not to this one.</summary>
    public bool IsOver(in Segment segment, bool fromFirst)
    {
        if ((segment.Flags & (TcpFlags.Syn | TcpFlags.Acknowledge)) != TcpFlags.Syn)
        {
            return false;
        }

        DirectionState sender = fromFirst ? FromFirst : FromSecond;
        return sender.SynSequence is { } syn ? syn != segment.Sequence
            : sender.StartSeen ? sender.FirstSequence != segment.Sequence + 1
            : sender.LowestSequence is { } lowest && unchecked(lowest - (segment.Sequence + 1)) > MaxLateSyn;
    }

    /// <summary>Takes a packet.</summary>
    /// <param name="segment">What it adds.</param>
    /// <param name="fromFirst">Whether the first end sent it.</param>
    /// <param name="arrival">When it came, and how long it was.</param>
    /// <param name="tunnel">The tunnel whose packet travels in it; null where none does.</param>
    public void Add(in Segment segment, bool fromFirst, in Arrival arrival, string? tunnel)
    {
        DirectionState sender = fromFirst ? FromFirst : FromSecond;
        DirectionState receiver = fromFirst ? FromSecond : FromFirst;
        sender.Count(arrival.Wire);
        Take(arrival);
        if (tunnel is not null)
        {
            Tunnel = tunnel;
            _tunnelled++;
        }

        if (Protocol != Protocols.Tcp)
        {
            sender.AddDatagram(segment.Payload, segment.PayloadWire);
            return;
        }

        if ((segment.Flags & (TcpFlags.Acknowledge | TcpFlags.Reset)) == TcpFlags.Acknowledge)
        {
            receiver.Acknowledge(segment.Acknowledgement);
        }

        if ((segment.Flags & TcpFlags.Syn) != 0)
        {
            bool answers = (segment.Flags & TcpFlags.Acknowledge) != 0;
            FirstOpened ??= answers != fromFirst;
            sender.Begin(segment.Sequence + 1, segment.Sequence);

            // The answer names the other side's first byte too, whether or not its SYN was captured.
            if (answers)
            {
                receiver.Begin(segment.Acknowledgement, null);
            }
        }

        if ((segment.Flags & (TcpFlags.Syn | TcpFlags.Reset)) == 0)
        {
            sender.Pass(segment.Sequence);
        }

        sender.AddSegment(segment);
    }

    /// <summary>Says that the flow began within the capture: it was quiet before.</summary>
    public void BeginQuietly()
    {
        FirstOpened = true;
        FromFirst.BeginQuietly();
        FromSecond.BeginQuietly();
    }

    private void Take(in Arrival arrival)
    {
        if (arrival.Ticks == CaptureTime.Unknown)
        {
            return;
        }

        if (FirstTicks == CaptureTime.Unknown)
        {
            (FirstTicks, LastTicks) = (arrival.Ticks, arrival.EndTicks);
        }

        // Parts of packets come out late, and then their time is no sign of the clock.
        IsStepped |= !arrival.IsLate && arrival.Ticks < _latest - DisorderTicks;
        _latest = arrival.IsLate ? _latest : arrival.Ticks;
        if (!IsStepped)
        {
            FirstTicks = Math.Min(FirstTicks, arrival.Ticks);
            LastTicks = Math.Max(LastTicks, arrival.EndTicks);
        }
    }
}
