using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Captures.Packets;

/// <summary>The headers between that of IPv6 and what it carries (RFC 8200 §4).</summary>
internal static class Ipv6Extensions
{
    private const int MaxExtensions = 16;
    private const byte Fragment = 44;
    private const byte Authentication = 51;

    /// <summary>Hop-by-hop, routing, fragment, authentication, destination options, mobility, host identity, shim.</summary>
    public static bool IsExtension(byte next) => next is 0 or 43 or Fragment or Authentication or 60 or 135 or 139 or 140;

    /// <summary>Passes over them, up to a fragment's; false where they are cut.</summary>
    /// <param name="bytes">The packet, or its payload.</param>
    /// <param name="next">The kind of the header at the offset; afterwards what it carries.</param>
    /// <param name="at">Where it starts; afterwards what stands behind them.</param>
    /// <param name="fragment">Number, place and whether more follows, where the packet is a part of one.</param>
    public static bool TryPass(ReadOnlySpan<byte> bytes, ref byte next, ref int at, out (uint Id, int At, bool More) fragment)
    {
        fragment = default;
        for (int extensions = 0; extensions < MaxExtensions && IsExtension(next); extensions++)
        {
            if (bytes.Length < at + 8)
            {
                return false;
            }

            int length = next == Fragment ? 8 : next == Authentication ? (bytes[at + 1] + 2) * 4 : (bytes[at + 1] + 1) * 8;
            if (next == Fragment)
            {
                int place = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
                fragment = (BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 4)..]), place & ~7, (place & 1) != 0);
            }

            next = bytes[at];
            at += length;
            if (fragment.At > 0 || fragment.More)
            {
                return true;
            }
        }

        return true;
    }
}
