namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>Takes <c>[Originator@6876 sub=… opID=… sid=… user=…]</c> off a text and reads the keys of use.</summary>
/// <remarks>A section may hold blanks, brackets and equals signs, so that a value ends only before the next known key.</remarks>
internal static class EsxiOriginator
{
    private static ReadOnlySpan<byte> Section => "sub="u8;

    private static ReadOnlySpan<byte> User => " user="u8;

    /// <summary>The text behind the brackets; all of it where there are none.</summary>
    public static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> section, out ReadOnlySpan<byte> user)
    {
        section = user = default;
        int at = text is [(byte)'[', ..] ? text[..Math.Min(text.Length, 48)].IndexOf((byte)'@') : -1;
        if (at < 0)
        {
            return text;
        }

        int close = Close(text);
        ReadOnlySpan<byte> keys = text[..close];
        section = Value(keys, Section);
        user = Value(keys, User);
        return close == text.Length ? default : text[(close + 1)..].TrimStart((byte)' ');
    }

    /// <summary>Offset of the bracket that closes the first one; the end where it is cut off.</summary>
    private static int Close(ReadOnlySpan<byte> text)
    {
        int depth = 0;
        int at = 0;
        while (text[at..].IndexOfAny((byte)'[', (byte)']') is var found and >= 0)
        {
            at += found;
            depth += text[at] == (byte)'[' ? 1 : -1;
            if (depth == 0)
            {
                return at;
            }

            at++;
        }

        return text.Length;
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> key)
    {
        int start = keys.IndexOf(key);
        if (start < 0)
        {
            return default;
        }

        ReadOnlySpan<byte> value = keys[(start + key.Length)..];
        value = Until(Until(Until(Until(Until(value, " opID="u8), " opId="u8), " sid="u8), " user="u8), " item="u8);
        return value.Trim((byte)'"');
    }

    private static ReadOnlySpan<byte> Until(ReadOnlySpan<byte> value, ReadOnlySpan<byte> next) =>
        value.IndexOf(next) is >= 0 and var end ? value[..end] : value;
}
