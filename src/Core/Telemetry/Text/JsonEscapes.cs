using System.Buffers.Text;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace CipherWatch.Core.Telemetry.Text;

/// <summary>Undoes JSON's backslash escapes. Total: what is no valid escape is kept as it stands.</summary>
internal static class JsonEscapes
{
    /// <summary>Writes the text without its escapes; <paramref name="destination"/> needs at most as many bytes as the source.</summary>
    public static int Undo(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        int written = 0;
        while (true)
        {
            int plain = CopyPlain(source, destination[written..]);
            written += plain;
            source = source[plain..];
            if (source.Length < 2)
            {
                source.CopyTo(destination[written..]);
                return written + source.Length;
            }

            byte simple = source[1] switch
            {
                (byte)'n' => (byte)'\n',
                (byte)'t' => (byte)'\t',
                (byte)'r' => (byte)'\r',
                (byte)'b' => (byte)'\b',
                (byte)'f' => (byte)'\f',
                (byte)'"' or (byte)'\\' or (byte)'/' => source[1],
                _ => 0,
            };
            if (simple != 0)
            {
                destination[written++] = simple;
                source = source[2..];
            }
            else if (source[1] == (byte)'u' && TryCodePoint(source, out Rune rune, out int used))
            {
                written += rune.EncodeToUtf8(destination[written..]);
                source = source[used..];
            }
            else
            {
                destination[written++] = source[0];
                source = source[1..];
            }
        }
    }

    /// <summary>Copies up to the first backslash, a vector at a time: escapes stand every few bytes in paths and messages.</summary>
    private static int CopyPlain(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        int at = 0;
        while (source.Length - at >= Vector128<byte>.Count && destination.Length - at >= Vector128<byte>.Count)
        {
            Vector128<byte> bytes = Vector128.LoadUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(source), at));
            bytes.StoreUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(destination), at));
            uint escapes = Vector128.Equals(bytes, Vector128.Create((byte)'\\')).ExtractMostSignificantBits();
            if (escapes != 0)
            {
                return at + BitOperations.TrailingZeroCount(escapes);
            }

            at += Vector128<byte>.Count;
        }

        int rest = source[at..].IndexOf((byte)'\\');
        int end = rest < 0 ? source.Length : at + rest;
        source[at..end].CopyTo(destination[at..]);
        return end;
    }

    private static bool TryCodePoint(ReadOnlySpan<byte> source, out Rune rune, out int used)
    {
        rune = Rune.ReplacementChar;
        used = 6;
        if (!TryUnit(source, out char high))
        {
            return false;
        }

        if (!char.IsSurrogate(high))
        {
            rune = new Rune(high);
            return true;
        }

        if (char.IsHighSurrogate(high) && TryUnit(source[6..], out char low) && char.IsLowSurrogate(low))
        {
            rune = new Rune(high, low);
            used = 12;
        }

        // A lone surrogate stands for nothing; the replacement character (3 bytes for 6) says so.
        return true;
    }

    private static bool TryUnit(ReadOnlySpan<byte> source, out char unit)
    {
        unit = default;
        if (source.Length < 6 || source[0] != (byte)'\\' || source[1] != (byte)'u'
            || !Utf8Parser.TryParse(source[2..6], out ushort value, out int used, 'x') || used != 4)
        {
            return false;
        }

        unit = (char)value;
        return true;
    }
}
