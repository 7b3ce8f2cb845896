using System.Text;

namespace CipherWatch.Core.Randomness.Encodings;

/// <summary>Header fields of an HTTP/1 message (RFC 9110 §5), looked for as they are wanted.</summary>
internal static class HttpFields
{
    /// <summary>Value of a field, trimmed; empty when absent.</summary>
    /// <param name="header">The header block, its first line included.</param>
    /// <param name="name">The field's name in lower case.</param>
    public static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> header, ReadOnlySpan<byte> name)
    {
        while (!header.IsEmpty)
        {
            int end = header.IndexOf("\r\n"u8);
            ReadOnlySpan<byte> line = end < 0 ? header : header[..end];
            header = end < 0 ? [] : header[(end + 2)..];
            if (line.Length > name.Length && line[name.Length] == ':' && StartsWith(line, name))
            {
                return line[(name.Length + 1)..].Trim((byte)' ');
            }
        }

        return [];
    }

    /// <summary>Whether a value holds a token, which is in lower case, anywhere.</summary>
    public static bool Contains(ReadOnlySpan<byte> value, ReadOnlySpan<byte> token)
    {
        for (int at = 0; at + token.Length <= value.Length; at++)
        {
            if (StartsWith(value[at..], token))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a value starts with a word, which is in lower case.</summary>
    public static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower) =>
        text.Length >= lower.Length && Ascii.EqualsIgnoreCase(text[..lower.Length], lower);
}
