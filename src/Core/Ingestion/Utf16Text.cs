using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CipherWatch.Core.Ingestion;

/// <summary>
/// UTF-16 as UTF-8 and back, without losing a byte: what is no character (half of a surrogate pair, the first byte of a character
/// that was cut) becomes bytes that are not UTF-8 either, and stands for the same again on the way back.
/// </summary>
internal static class Utf16Text
{
    /// <summary>Bytes of UTF-8 that one code unit takes, at most.</summary>
    public const int MaxBytesPerUnit = 3;

    /// <summary>Stands before a single byte: no character of UTF-8 begins with it.</summary>
    private const byte LoneByte = 0xf8;

    /// <summary>Makes UTF-8 of code units; returns how many bytes were used.</summary>
    /// <param name="text">UTF-16.</param>
    /// <param name="bigEndian">Its byte order.</param>
    /// <param name="final">No more will come.</param>
    /// <param name="utf8">Three bytes for each code unit, one more included.</param>
    /// <param name="written">How many of them were written.</param>
    public static int ToUtf8(ReadOnlySpan<byte> text, bool bigEndian, bool final, Span<byte> utf8, out int written)
    {
        int at = 0;
        written = 0;
        while (at + 1 < text.Length)
        {
            char unit = Unit(text[at..], bigEndian);
            bool isPair = false;
            if (char.IsHighSurrogate(unit))
            {
                if (at + 3 >= text.Length && !final)
                {
                    return at;
                }

                isPair = at + 3 < text.Length && char.IsLowSurrogate(Unit(text[(at + 2)..], bigEndian));
            }

            if (isPair)
            {
                written += new Rune(unit, Unit(text[(at + 2)..], bigEndian)).EncodeToUtf8(utf8[written..]);
                at += 4;
                continue;
            }

            if (Rune.TryCreate(unit, out Rune rune))
            {
                written += rune.EncodeToUtf8(utf8[written..]);
            }
            else
            {
                utf8[written++] = (byte)(0xe0 | (unit >> 12));
                utf8[written++] = (byte)(0x80 | ((unit >> 6) & 0x3f));
                utf8[written++] = (byte)(0x80 | (unit & 0x3f));
            }

            at += 2;
        }

        if (final && at < text.Length)
        {
            utf8[written++] = LoneByte;
            utf8[written++] = (byte)(0x80 | (text[at] >> 6));
            utf8[written++] = (byte)(0x80 | (text[at] & 0x3f));
            at++;
        }

        return at;
    }

    /// <summary>The UTF-16 that a text was made of.</summary>
    public static byte[] Of(ReadOnlySpan<byte> utf8, bool bigEndian)
    {
        ArrayBufferWriter<byte> text = new((utf8.Length * 2) + 1);
        Span<char> units = stackalloc char[2];
        while (!utf8.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(utf8, out Rune rune, out int used) == OperationStatus.Done)
            {
                int count = rune.EncodeToUtf16(units);
                Write(text, units[..count], bigEndian);
                utf8 = utf8[used..];
            }
            else if (utf8 is [LoneByte, var high, var low, ..])
            {
                text.Write([(byte)(((high & 0x3f) << 6) | (low & 0x3f))]);
                utf8 = utf8[3..];
            }
            else if (utf8 is [var first, var second, var third, ..])
            {
                units[0] = (char)(((first & 0xf) << 12) | ((second & 0x3f) << 6) | (third & 0x3f));
                Write(text, units[..1], bigEndian);
                utf8 = utf8[3..];
            }
            else
            {
                // Never written by the other way.
                text.Write(utf8);
                utf8 = default;
            }
        }

        return text.WrittenSpan.ToArray();
    }

    private static char Unit(ReadOnlySpan<byte> text, bool bigEndian) =>
        (char)(bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(text) : BinaryPrimitives.ReadUInt16LittleEndian(text));

    private static void Write(ArrayBufferWriter<byte> text, ReadOnlySpan<char> units, bool bigEndian)
    {
        Span<byte> bytes = text.GetSpan(units.Length * 2);
        for (int index = 0; index < units.Length; index++)
        {
            if (bigEndian)
            {
                BinaryPrimitives.WriteUInt16BigEndian(bytes[(index * 2)..], units[index]);
            }
            else
            {
                BinaryPrimitives.WriteUInt16LittleEndian(bytes[(index * 2)..], units[index]);
            }
        }

        text.Advance(units.Length * 2);
    }
}

/// <summary>UTF-16 read as UTF-8. Reads only; does not own the stream behind.</summary>
internal sealed class Utf16Stream(Stream text, bool bigEndian) : ReadOnceStream
{
    private readonly byte[] _held = new byte[16 << 10];
    private byte[] _utf8 = [];
    private int _heldLength;
    private int _from;
    private int _to;
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        while (_from == _to)
        {
            if (_ended)
            {
                return 0;
            }

            Fill();
        }

        int length = Math.Min(buffer.Length, _to - _from);
        _utf8.AsSpan(_from, length).CopyTo(buffer);
        _from += length;
        return length;
    }


    private void Fill()
    {
        int read = text.Read(_held, _heldLength, _held.Length - _heldLength);
        _heldLength += read;
        _ended = read == 0;
        _utf8 = _utf8.Length == 0 ? new byte[(_held.Length + 2) * Utf16Text.MaxBytesPerUnit] : _utf8;
        int used = Utf16Text.ToUtf8(_held.AsSpan(0, _heldLength), bigEndian, _ended, _utf8, out _to);
        _from = 0;
        _held.AsSpan(used, _heldLength - used).CopyTo(_held);
        _heldLength -= used;
    }
}
