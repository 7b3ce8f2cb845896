using System.Buffers.Text;
using System.Text;

namespace CipherWatch.Core.Telemetry.Text;

/// <summary>Undoes XML's character and entity references. Total: what is no known reference is kept as it stands.</summary>
internal static class XmlEntities
{
    private const int MaxReferenceBytes = 12;

    /// <summary>Writes the text without its references; <paramref name="destination"/> needs at most as many bytes as the source.</summary>
    public static int Undo(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        int written = 0;
        while (true)
        {
            int start = source.IndexOf((byte)'&');
            if (start < 0)
            {
                source.CopyTo(destination[written..]);
                return written + source.Length;
            }

            source[..start].CopyTo(destination[written..]);
            written += start;
            source = source[start..];
            int end = source[..Math.Min(source.Length, MaxReferenceBytes)].IndexOf((byte)';');
            if (end > 1 && TryResolve(source[1..end], out Rune rune) && rune.Utf8SequenceLength <= end + 1)
            {
                written += rune.EncodeToUtf8(destination[written..]);
                source = source[(end + 1)..];
            }
            else
            {
                destination[written++] = (byte)'&';
                source = source[1..];
            }
        }
    }

    private static bool TryResolve(ReadOnlySpan<byte> name, out Rune rune)
    {
        rune = name.SequenceEqual("lt"u8) ? new('<')
            : name.SequenceEqual("gt"u8) ? new('>')
            : name.SequenceEqual("amp"u8) ? new('&')
            : name.SequenceEqual("quot"u8) ? new('"')
            : name.SequenceEqual("apos"u8) ? new('\'')
            : default;
        if (rune != default)
        {
            return true;
        }

        int value = 0;
        int used = 0;
        bool parsed = name switch
        {
            [(byte)'#', (byte)'x' or (byte)'X', .. { Length: > 0 } hex] =>
                Utf8Parser.TryParse(hex, out value, out used, 'x') && used == hex.Length,
            [(byte)'#', .. { Length: > 0 } digits] => Utf8Parser.TryParse(digits, out value, out used) && used == digits.Length,
            _ => false,
        };
        return parsed && Rune.TryCreate(value, out rune);
    }
}
