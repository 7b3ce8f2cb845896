using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>A name as a chunk holds it: where the next of its hash is, its hash, its length, and UTF-16 with a zero behind.</summary>
internal static class BinXmlName
{
    private const int HashAt = 4;
    private const int LengthAt = 6;
    private const int TextAt = 8;
    private const uint HashFactor = 65599;

    /// <summary>Reads the name at an offset; false when there is none. Its hash tells a name from other bytes.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="at">Offset within it.</param>
    /// <param name="name">The name.</param>
    /// <param name="bytes">Bytes it takes up.</param>
    public static bool TryRead(ReadOnlySpan<byte> chunk, uint at, out ReadOnlySpan<char> name, out int bytes)
    {
        name = default;
        bytes = 0;
        if (at > chunk.Length - TextAt - sizeof(char))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = chunk[(int)at..];
        int length = BinaryPrimitives.ReadUInt16LittleEndian(rest[LengthAt..]) * sizeof(char);
        if (length > rest.Length - TextAt - sizeof(char))
        {
            return false;
        }

        name = MemoryMarshal.Cast<byte, char>(rest.Slice(TextAt, length));
        bytes = TextAt + length + sizeof(char);
        return Hash(name) == BinaryPrimitives.ReadUInt16LittleEndian(rest[HashAt..]);
    }

    /// <summary>The hash by which a chunk's table of names is ordered: multiply and add over UTF-16 units, the lower 16 bits.</summary>
    public static ushort Hash(ReadOnlySpan<char> name)
    {
        uint hash = 0;
        foreach (char unit in name)
        {
            hash = unchecked((hash * HashFactor) + unit);
        }

        return (ushort)hash;
    }
}
