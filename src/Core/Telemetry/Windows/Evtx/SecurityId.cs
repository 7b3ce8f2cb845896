using System.Buffers.Binary;
using System.Globalization;

namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>A security identifier as it is written: <c>S-1-5-18</c> (MS-DTYP, 2.4.2).</summary>
internal static class SecurityId
{
    private const int HeaderBytes = 8;
    private const int MaxNumberBytes = 24;

    /// <summary>Writes one; false when the bytes are none.</summary>
    public static bool Write(ReadOnlySpan<byte> value, BinXmlText text)
    {
        if (value.Length < HeaderBytes || value.Length != HeaderBytes + (value[1] * sizeof(uint)))
        {
            return false;
        }

        text.Append("S");
        Number(value[0], text);

        // Six bytes, the highest first.
        Number(BinaryPrimitives.ReadUInt64BigEndian(value) & 0xffff_ffff_ffff, text);
        for (int at = HeaderBytes; at < value.Length; at += sizeof(uint))
        {
            Number(BinaryPrimitives.ReadUInt32LittleEndian(value[at..]), text);
        }

        return true;
    }

    private static void Number(ulong number, BinXmlText text)
    {
        text.Append("-");
        if (number.TryFormat(text.Room(MaxNumberBytes), out int written, default, CultureInfo.InvariantCulture))
        {
            text.Advance(written);
        }
    }
}
