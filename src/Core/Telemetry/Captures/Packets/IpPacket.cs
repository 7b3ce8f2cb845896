using System.Buffers.Binary;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.Captures.Packets;

/// <summary>An IP packet's header, as much of it as makes flows.</summary>
/// <param name="Source">Sender.</param>
/// <param name="Destination">Receiver.</param>
/// <param name="Protocol">What it carries.</param>
/// <param name="PayloadAt">Offset of that within the frame.</param>
/// <param name="PayloadWire">Its length on the wire, bytes.</param>
/// <param name="FragmentId">Of a part of a packet that was cut up: the number that its parts share.</param>
/// <param name="FragmentAt">Where the part belongs in the packet's payload, bytes.</param>
/// <param name="HasMore">Whether parts follow behind it.</param>
internal readonly record struct IpPacket(
    IpAddress Source, IpAddress Destination, byte Protocol, int PayloadAt, int PayloadWire, uint FragmentId = 0, int FragmentAt = 0,
    bool HasMore = false)
{
    private const int Ipv4Header = 20;
    private const int Ipv6Header = 40;

    /// <summary>Whether it is one part of a packet that was cut up.</summary>
    public bool IsFragment => HasMore || FragmentAt > 0;

    /// <summary>Reads the packet at an offset; false where there is none.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="at">Where the packet starts.</param>
    /// <param name="wire">Bytes that the frame had on the wire.</param>
    /// <param name="packet">The packet.</param>
    public static bool TryRead(ReadOnlySpan<byte> frame, int at, int wire, out IpPacket packet)
    {
        packet = default;
        return at >= 0 && at < frame.Length && (frame[at] >> 4) switch
        {
            4 => TryV4(frame, at, wire, out packet),
            6 => TryV6(frame, at, wire, out packet),
            _ => false,
        };
    }

    /// <summary>
    /// Whether a header stands at an offset that no other bytes look like: where nothing before it says that IP follows. A check sum
    /// of zero is a card's that fills it in later.
    /// </summary>
    public static bool IsSound(ReadOnlySpan<byte> frame, int at)
    {
        if (at < 0 || at >= frame.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> header = frame[at..];
        if (header[0] >> 4 == 6)
        {
            return header.Length >= Ipv6Header
                && (BinaryPrimitives.ReadUInt16BigEndian(header[4..]) + Ipv6Header == header.Length
                    || (header[7] != 0
                        && (Ipv6Extensions.IsExtension(header[6]) || header[6] is 4 or 6 or 17 or 41 or 47 or 50 or 58 or 59)));
        }

        int headerLength = (header[0] & 0x0f) * 4;
        if (header[0] >> 4 != 4 || headerLength < Ipv4Header || header.Length < headerLength)
        {
            return false;
        }

        int total = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
        return header[8] != 0 && (total >= headerLength || total == 0)
            && (BinaryPrimitives.ReadUInt16BigEndian(header[10..]) == 0 || total == header.Length || Sums(header[..headerLength]));
    }

    /// <summary>The packet whose parts were put together.</summary>
    /// <param name="payload">What it carries, as far as it is there.</param>
    /// <param name="wire">Its length on the wire.</param>
    /// <param name="packet">The packet, its payload at offset 0 or behind its extension headers.</param>
    public bool TryWhole(ReadOnlySpan<byte> payload, int wire, out IpPacket packet)
    {
        byte next = Protocol;
        int at = 0;
        bool whole = Source.IsV4 || Ipv6Extensions.TryPass(payload, ref next, ref at, out _);
        packet = new(Source, Destination, next, at, Math.Max(0, wire - at));
        return whole;
    }

    private static bool TryV4(ReadOnlySpan<byte> frame, int at, int wire, out IpPacket packet)
    {
        const int MoreFragments = 0x2000, OffsetMask = 0x1fff, Unit = 8;
        packet = default;
        ReadOnlySpan<byte> header = frame[at..];
        int headerLength = (header[0] & 0x0f) * 4;
        if (header.Length < Ipv4Header || headerLength < Ipv4Header)
        {
            return false;
        }

        // Zero stands for a length that the card was to fill in while it cut the packet up.
        int total = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
        total = total == 0 ? wire - at : total;
        if (total < headerLength)
        {
            return false;
        }

        int fragment = BinaryPrimitives.ReadUInt16BigEndian(header[6..]);
        packet = new(
            IpAddress.FromBytes(header[12..16]), IpAddress.FromBytes(header[16..20]), header[9],
            at + headerLength, total - headerLength, BinaryPrimitives.ReadUInt16BigEndian(header[4..]),
            (fragment & OffsetMask) * Unit, (fragment & MoreFragments) != 0);
        return true;
    }

    private static bool TryV6(ReadOnlySpan<byte> frame, int at, int wire, out IpPacket packet)
    {
        packet = default;
        ReadOnlySpan<byte> header = frame[at..];
        if (header.Length < Ipv6Header)
        {
            return false;
        }

        int rest = BinaryPrimitives.ReadUInt16BigEndian(header[4..]);
        rest = rest == 0 ? Math.Max(0, wire - at - Ipv6Header) : rest;
        byte next = header[6];
        int offset = Ipv6Header;
        if (!Ipv6Extensions.TryPass(header, ref next, ref offset, out (uint Id, int At, bool More) fragment))
        {
            return false;
        }

        rest -= offset - Ipv6Header;
        packet = new(
            IpAddress.FromBytes(header[8..24]), IpAddress.FromBytes(header[24..40]), next, at + offset, Math.Max(0, rest),
            fragment.Id, fragment.At, fragment.More);
        return rest >= 0;
    }

    /// <summary>Whether a header's words add up, its check sum among them (RFC 1071).</summary>
    private static bool Sums(ReadOnlySpan<byte> header)
    {
        uint sum = 0;
        for (int at = 0; at + 1 < header.Length; at += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(header[at..]);
        }

        sum = (sum & 0xffff) + (sum >> 16);
        return ((sum & 0xffff) + (sum >> 16)) == 0xffff;
    }
}
