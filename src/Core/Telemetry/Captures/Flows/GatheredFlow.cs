using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Captures.Packets;

namespace CipherWatch.Core.Telemetry.Captures.Flows;

/// <summary>What is gathered of one flow while the capture is read. The first packet's sender is the first end.</summary>
internal sealed class GatheredFlow(
    int number, IpAddress firstIp, ushort firstPort, IpAddress secondIp, ushort secondPort, byte protocol, long ticks)
{
    /// <summary>Ports below this are a server's (RFC 6335 §6: assigned by IANA).</summary>
    private const ushort SystemPorts = 1024;

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

    /// <summary>Time of the first packet, ticks since the Unix epoch.</summary>
    public long FirstTicks { get; private set; } = ticks;

    /// <summary>Time of the last packet.</summary>
    public long LastTicks { get; private set; } = ticks;

    /// <summary>From the first end.</summary>
    public DirectionState FromFirst { get; } = new();

    /// <summary>From the second end.</summary>
    public DirectionState FromSecond { get; } = new();

    /// <summary>Which end opened it: true for the first, false for the second, null where no packet says so.</summary>
    public bool? FirstOpened { get; private set; }

    /// <summary>Whether the first end is the initiator, by what the packets say or else by the ports.</summary>
    public bool FirstInitiates => FirstOpened ?? !(FirstPort < SystemPorts && SecondPort >= SystemPorts);

    /// <summary>Whether a SYN belongs to a new connection between the same ports, and not to this one.</summary>
    public bool IsOver(in Segment segment, bool fromFirst)
    {
        if ((segment.Flags & (TcpFlags.Syn | TcpFlags.Acknowledge)) != TcpFlags.Syn)
        {
            return false;
        }

        DirectionState sender = fromFirst ? FromFirst : FromSecond;
        return sender.SynSequence is { } syn ? syn != segment.Sequence
            : sender.Packets > 0 && sender.FirstSequence != segment.Sequence + 1;
    }

    /// <summary>Takes a packet.</summary>
    public void Add(in Segment segment, bool fromFirst, int frameBytes, long ticks)
    {
        DirectionState sender = fromFirst ? FromFirst : FromSecond;
        DirectionState receiver = fromFirst ? FromSecond : FromFirst;
        sender.Count(frameBytes);
        FirstTicks = Math.Min(FirstTicks, ticks);
        LastTicks = Math.Max(LastTicks, ticks);
        if (Protocol != Protocols.Tcp)
        {
            sender.AddDatagram(segment.Payload, segment.PayloadWire);
            return;
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

        sender.AddSegment(segment);
    }

    /// <summary>Says that the flow began within the capture: it was quiet before.</summary>
    public void BeginQuietly()
    {
        FirstOpened = true;
        FromFirst.BeginQuietly();
        FromSecond.BeginQuietly();
    }
}
