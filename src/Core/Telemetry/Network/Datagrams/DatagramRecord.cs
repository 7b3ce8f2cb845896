using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>Cuts a record of a data set by its template.</summary>
internal static class DatagramRecord
{
    /// <summary>Reads the record that opens here, and passes on; false where it is longer than what is left.</summary>
    /// <param name="rest">What is left of the set.</param>
    /// <param name="header">The datagram's header.</param>
    /// <param name="template">How the record is laid out.</param>
    /// <param name="values">What it says of a flow.</param>
    public static bool TryRead(ref ReadOnlySpan<byte> rest, FlowDatagram header, DatagramTemplate template, out FlowValues values)
    {
        DatagramFields fields = new(header);
        values = default;
        foreach (TemplateField field in template.Fields)
        {
            int length = field.Length;
            if (length == DatagramTemplate.Variable && !TryReadLength(ref rest, out length))
            {
                return false;
            }

            if (length > rest.Length)
            {
                return false;
            }

            fields.Take(field, rest[..length]);
            rest = rest[length..];
        }

        values = fields.Finish();
        return true;
    }

    /// <summary>A length of one byte, or of two after 255 (RFC 7011 §7).</summary>
    private static bool TryReadLength(ref ReadOnlySpan<byte> rest, out int length)
    {
        length = rest.IsEmpty ? 0 : rest[0];
        int bytes = length == byte.MaxValue ? 3 : 1;
        if (rest.Length < bytes)
        {
            return false;
        }

        length = bytes == 3 ? BinaryPrimitives.ReadUInt16BigEndian(rest[1..]) : length;
        rest = rest[bytes..];
        return true;
    }
}
