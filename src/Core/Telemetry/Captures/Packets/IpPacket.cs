using System.Buffers.Binary;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.Captures.Packets;

/// <summary>An IP packet's header, as much of it as makes flows.</summary>
/// <param name="Source">Sender.</param>
/// <param name="Destination">Receiver.</param>
/// <param name="Protocol">What it carries.</param>
/// <param name="PayloadAt">Offset of that within the frame.</param>
/// <param name="PayloadWire">Its length on the wire, bytes.</param>
/// <param name="IsLaterFragment">It is not the first part of a packet that was cut up: it has no ports.</param>
internal readonly record struct IpPacket(
    IpAddress Source, IpAddress Destination, byte Protocol, int PayloadAt, int PayloadWire, bool IsLaterFragment)
{
    private const int Ipv4Header = 20;
    private const int Ipv6Header = 40;
    private const int MaxExtensions = 16;

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

    private static bool TryV4(ReadOnlySpan<byte> frame, int at, int wire, out IpPacket packet)
    {
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

        const ushort FragmentOffset = 0x1fff;
        bool later = (BinaryPrimitives.ReadUInt16BigEndian(header[6..]) & FragmentOffset) != 0;
        packet = new(
            IpAddress.FromBytes(header[12..16]), IpAddress.FromBytes(header[16..20]), header[9],
            at + headerLength, total - headerLength, later);
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
        bool later = false;
        for (int extensions = 0; extensions < MaxExtensions && IsExtension(next) && !later; extensions++)
        {
            if (header.Length < offset + 8)
            {
                return false;
            }

            int length = next == 44 ? 8 : next == 51 ? (header[offset + 1] + 2) * 4 : (header[offset + 1] + 1) * 8;
            later = next == 44 && (BinaryPrimitives.ReadUInt16BigEndian(header[(offset + 2)..]) & 0xfff8) != 0;
            next = header[offset];
            offset += length;
            rest -= length;
        }

        packet = new(
            IpAddress.FromBytes(header[8..24]), IpAddress.FromBytes(header[24..40]), next, at + offset, Math.Max(0, rest), later);
        return rest >= 0;
    }

    /// <summary>Hop-by-hop, routing, fragment, authentication, destination options, mobility, host identity, shim.</summary>
    private static bool IsExtension(byte next) => next is 0 or 43 or 44 or 51 or 60 or 135 or 139 or 140;
}
