using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>Reads the byte distribution that Cisco's encrypted traffic analytics and Joy export.</summary>
internal static class ByteDistribution
{
    private const int Cells = 256;

    /// <summary>Bytes before the elements of an IPFIX basicList (RFC 6313 §4.5.1): semantic, element, length, and an enterprise.</summary>
    private const int ListHeader = 9;

    /// <summary>Reads 256 counts of 1, 2 or 4 bytes, bare or as a list; false where the field holds none, or all are 0.</summary>
    /// <param name="field">The field's bytes.</param>
    /// <param name="counts">256 cells.</param>
    /// <param name="total">Their sum, bytes.</param>
    public static bool TryRead(ReadOnlySpan<byte> field, Span<uint> counts, out int total)
    {
        total = 0;
        ReadOnlySpan<byte> cells = field.Length % Cells == ListHeader ? field[ListHeader..] : field;
        int width = cells.Length / Cells;
        if (width is not (1 or 2 or 4) || cells.Length % Cells != 0)
        {
            return false;
        }

        long sum = 0;
        for (int cell = 0; cell < Cells; cell++)
        {
            ReadOnlySpan<byte> count = cells.Slice(cell * width, width);
            counts[cell] = width switch
            {
                1 => count[0],
                2 => BinaryPrimitives.ReadUInt16BigEndian(count),
                _ => BinaryPrimitives.ReadUInt32BigEndian(count),
            };
            sum += counts[cell];
        }

        total = (int)Math.Min(sum, int.MaxValue);
        return sum is > 0 and <= int.MaxValue;
    }
}
