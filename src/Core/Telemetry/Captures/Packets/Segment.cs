using System.Buffers.Binary;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.Captures.Packets;

/// <summary>What one packet adds to a flow: its ports, flags and payload.</summary>
internal readonly ref struct Segment
{
    private const int TcpHeader = 20;
    private const int UdpHeader = 8;
    private const int AuthenticationHeader = 51;

    /// <summary>Sender's port, or an ICMP message's type.</summary>
    public ushort SourcePort { get; private init; }

    /// <summary>Receiver's port, or an ICMP message's code.</summary>
    public ushort DestinationPort { get; private init; }

    /// <summary>Transport protocol.</summary>
    public byte Protocol { get; private init; }

    /// <summary>TCP flags.</summary>
    public TcpFlags Flags { get; private init; }

    /// <summary>TCP sequence number of the first byte.</summary>
    public uint Sequence { get; private init; }

    /// <summary>TCP acknowledgement number.</summary>
    public uint Acknowledgement { get; private init; }

    /// <summary>Payload that was kept.</summary>
    public ReadOnlySpan<byte> Payload { get; private init; }

    /// <summary>Bytes of payload on the wire.</summary>
    public int PayloadWire { get; private init; }

    /// <summary>Offset of the payload within the frame.</summary>
    public int PayloadAt { get; private init; }

    /// <summary>Reads what a packet carries; false where its transport header is not whole.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, IpPacket packet, out Segment segment)
    {
        segment = default;
        byte protocol = packet.Protocol;
        int at = packet.PayloadAt;
        int wire = packet.PayloadWire;
        if (protocol == AuthenticationHeader && frame.Length >= at + 2)
        {
            int length = (frame[at + 1] + 2) * 4;
            protocol = frame[at];
            at += length;
            wire -= length;
        }

        const byte NothingFollows = 59;
        if (at > frame.Length || wire < 0 || protocol == NothingFollows)
        {
            return false;
        }

        ReadOnlySpan<byte> header = frame[at..];
        switch (protocol)
        {
            case Protocols.Tcp when header.Length >= TcpHeader:
                int length = (header[12] >> 4) * 4;
                if (length < TcpHeader || length > wire)
                {
                    return false;
                }

                segment = new()
                {
                    SourcePort = U16(header, 0),
                    DestinationPort = U16(header, 2),
                    Protocol = protocol,
                    Flags = (TcpFlags)header[13],
                    Sequence = U32(header, 4),
                    Acknowledgement = U32(header, 8),
                    Payload = Cut(header, length, wire),
                    PayloadWire = wire - length,
                    PayloadAt = at + length,
                };
                return true;
            case Protocols.Udp when header.Length >= UdpHeader:
                // A length of zero is a jumbogram's; anything else beyond the packet is wrong.
                int written = U16(header, 4);
                int datagram = written is >= UdpHeader && written <= wire ? written : wire;
                segment = new()
                {
                    SourcePort = U16(header, 0),
                    DestinationPort = U16(header, 2),
                    Protocol = protocol,
                    Payload = Cut(header, UdpHeader, datagram),
                    PayloadWire = Math.Max(0, datagram - UdpHeader),
                    PayloadAt = at + UdpHeader,
                };
                return true;
            case 132 when header.Length >= 12:
                segment = new()
                {
                    SourcePort = U16(header, 0),
                    DestinationPort = U16(header, 2),
                    Protocol = protocol,
                    PayloadWire = Math.Max(0, wire - 12),
                };
                return true;
            case IcmpTypes.Icmp or IcmpTypes.IcmpV6 when header.Length >= 4:
                // Errors quote other packets; only an echo's content is the sender's own.
                bool echo = header[0] is 0 or 8 or 128 or 129;
                segment = new()
                {
                    SourcePort = header[0],
                    DestinationPort = header[1],
                    Protocol = protocol,
                    Payload = echo ? Cut(header, 8, wire) : default,
                    PayloadWire = Math.Max(0, wire - 8),
                };
                return true;
            case Protocols.Tcp or Protocols.Udp or 132 or IcmpTypes.Icmp or IcmpTypes.IcmpV6:
                return false;
            default:
                segment = new() { Protocol = protocol, Payload = Cut(header, 0, wire), PayloadWire = wire };
                return true;
        }
    }

    /// <summary>The payload behind a header, without padding that the link added.</summary>
    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> bytes, int header, int wire)
    {
        int end = Math.Min(bytes.Length, wire);
        return end > header ? bytes[header..end] : default;
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
}

/// <summary>Flags of a TCP segment.</summary>
[Flags]
internal enum TcpFlags : byte
{
    None = 0,
    Fin = 0x01,
    Syn = 0x02,
    Reset = 0x04,
    Push = 0x08,
    Acknowledge = 0x10,
}
