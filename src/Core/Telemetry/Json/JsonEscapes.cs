using System.Buffers.Text;
using System.Text;

namespace CipherWatch.Core.Telemetry;

/// <summary>Undoes JSON's backslash escapes. Total: what is no valid escape is kept as it stands.</summary>
internal static class JsonEscapes
{
    /// <summary>Writes the text without its escapes; <paramref name="destination"/> needs at most as many bytes as the source.</summary>
    public static int Undo(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        int written = 0;
        while (true)
        {
            int escape = source.IndexOf((byte)'\\');
            if (escape < 0 || escape + 1 >= source.Length)
            {
                source.CopyTo(destination[written..]);
                return written + source.Length;
            }

            source[..escape].CopyTo(destination[written..]);
            written += escape;
            source = source[escape..];
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
