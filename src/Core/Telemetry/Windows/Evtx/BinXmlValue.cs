using System.Buffers.Binary;
using System.Globalization;

namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>A value of a record, written as Windows writes it in XML.</summary>
internal static class BinXmlValue
{
    /// <summary>Longest of the values that have a fixed length, written out.</summary>
    private const int MaxFixedBytes = 64;

    /// <summary>
    /// Writes a value; false when its bytes are none of its type. Of an array, which stands for an element each, the last counts, as
    /// it does of elements of one name.
    /// </summary>
    public static bool Write(BinXmlType type, ReadOnlySpan<byte> value, BinXmlText text)
    {
        if (value.IsEmpty || type == BinXmlType.Null)
        {
            return true;
        }

        if ((type & BinXmlType.Array) != 0)
        {
            type &= ~BinXmlType.Array;
            value = LastOf(type, value);
        }

        switch (type)
        {
            case BinXmlType.String or BinXmlType.Xml:
                text.Append(Characters.Of(value).TrimEnd('\0'));
                return true;
            case BinXmlType.AnsiString:
                return Ansi(value.TrimEnd((byte)0), text);
            case BinXmlType.Binary or BinXmlType.Handle:
                return Hex(value, text);
            case BinXmlType.Sid:
                return SecurityId.Write(value, text);
            case BinXmlType.Guid when value.Length == 16:
                return Put(new Guid(value), "B", text);
            case BinXmlType.FileTime when value.Length == sizeof(long):
                return FileTimes.Write(BinaryPrimitives.ReadInt64LittleEndian(value), text);
            case BinXmlType.SystemTime when value.Length == FileTimes.SystemTimeBytes:
                return FileTimes.Write(value, text);
            default:
                return Number(type, value, text);
        }
    }

    private static bool Number(BinXmlType type, ReadOnlySpan<byte> value, BinXmlText text) => (type, value.Length) switch
    {
        (BinXmlType.Int8, 1) => Put((sbyte)value[0], default, text),
        (BinXmlType.UInt8, 1) => Put(value[0], default, text),
        (BinXmlType.Int16, 2) => Put(BinaryPrimitives.ReadInt16LittleEndian(value), default, text),
        (BinXmlType.UInt16, 2) => Put(BinaryPrimitives.ReadUInt16LittleEndian(value), default, text),
        (BinXmlType.Int32, 4) => Put(BinaryPrimitives.ReadInt32LittleEndian(value), default, text),
        (BinXmlType.UInt32, 4) => Put(BinaryPrimitives.ReadUInt32LittleEndian(value), default, text),
        (BinXmlType.Int64, 8) => Put(BinaryPrimitives.ReadInt64LittleEndian(value), default, text),
        (BinXmlType.UInt64, 8) => Put(BinaryPrimitives.ReadUInt64LittleEndian(value), default, text),
        (BinXmlType.Real32, 4) => Put(BinaryPrimitives.ReadSingleLittleEndian(value), default, text),
        (BinXmlType.Real64, 8) => Put(BinaryPrimitives.ReadDoubleLittleEndian(value), default, text),
        (BinXmlType.Boolean, 1 or 2 or 4) => Word(value.IndexOfAnyExcept((byte)0) >= 0 ? "true" : "false", text),
        (BinXmlType.HexInt32 or BinXmlType.Size, 4) => Word("0x", text) && Put(BinaryPrimitives.ReadUInt32LittleEndian(value), "x", text),
        (BinXmlType.HexInt64 or BinXmlType.Size, 8) => Word("0x", text) && Put(BinaryPrimitives.ReadUInt64LittleEndian(value), "x", text),
        _ => false,
    };

    private static bool Word(ReadOnlySpan<char> word, BinXmlText text)
    {
        text.Append(word);
        return true;
    }

    private static bool Put<T>(T value, ReadOnlySpan<char> format, BinXmlText text)
        where T : IUtf8SpanFormattable
    {
        if (value.TryFormat(text.Room(MaxFixedBytes), out int written, format, CultureInfo.InvariantCulture))
        {
            text.Advance(written);
        }

        return true;
    }

    /// <summary>The code page is not said: bytes beyond ASCII are read as Latin-1.</summary>
    private static bool Ansi(ReadOnlySpan<byte> value, BinXmlText text)
    {
        foreach (byte character in value)
        {
            text.Append(character);
        }

        return true;
    }

    private static bool Hex(ReadOnlySpan<byte> value, BinXmlText text)
    {
        Span<byte> room = text.Room(value.Length * 2);
        if (Convert.TryToHexString(value, room, out int written))
        {
            text.Advance(written);
        }

        return true;
    }

    private static ReadOnlySpan<byte> LastOf(BinXmlType type, ReadOnlySpan<byte> values)
    {
        int each = type switch
        {
            BinXmlType.String => LastText(Characters.Of(values)) * sizeof(char),
            BinXmlType.AnsiString => values.Length - (values.TrimEnd((byte)0).LastIndexOf((byte)0) + 1),
            BinXmlType.Int8 or BinXmlType.UInt8 => 1,
            BinXmlType.Int16 or BinXmlType.UInt16 => 2,
            BinXmlType.Int32 or BinXmlType.UInt32 or BinXmlType.Real32 or BinXmlType.Boolean or BinXmlType.HexInt32 => 4,
            BinXmlType.Int64 or BinXmlType.UInt64 or BinXmlType.Real64 or BinXmlType.FileTime or BinXmlType.HexInt64 => 8,
            BinXmlType.Guid or BinXmlType.SystemTime => 16,
            _ => values.Length,
        };
        return values[^Math.Min(each, values.Length)..];
    }

    private static int LastText(ReadOnlySpan<char> values) => values.Length - (values.TrimEnd('\0').LastIndexOf('\0') + 1);
}
