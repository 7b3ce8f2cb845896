using System.Buffers.Text;

namespace CipherWatch.Core.Randomness.Encodings;

/// <summary>
/// The body of an HTTP/1 message in a sample (RFC 9112): headers are text by nature, so what the message carries is
/// scored instead. A content coding that the header claims is not taken on trust: gzip and zlib show their own magic.
/// </summary>
internal static class HttpBody
{
    /// <summary>Header blocks longer than this are not searched for their end.</summary>
    private const int MaxHeaderLength = 64 * 1024;

    /// <summary>The body, de-chunked where it is chunked, as far as the sample holds it.</summary>
    /// <param name="message">A request or response from its first byte.</param>
    /// <returns>The body's bytes; empty without a body.</returns>
    public static byte[] Extract(ReadOnlySpan<byte> message)
    {
        int end = message[..Math.Min(message.Length, MaxHeaderLength)].IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return [];
        }

        ReadOnlySpan<byte> header = message[..(end + 2)];
        ReadOnlySpan<byte> body = message[(end + 4)..];
        if (Contains(Field(header, "upgrade"u8), "websocket"u8))
        {
            return WebSocketFrames.Join(body);
        }

        if (Contains(Field(header, "transfer-encoding"u8), "chunked"u8))
        {
            return Join(body);
        }

        return Utf8Parser.TryParse(Field(header, "content-length"u8), out long length, out _) && length >= 0 && length < body.Length
            ? body[..(int)length].ToArray()
            : body.ToArray();
    }

    private static byte[] Join(ReadOnlySpan<byte> body)
    {
        byte[] joined = new byte[body.Length];
        int written = 0;
        while (Utf8Parser.TryParse(body, out int size, out int digits, 'x') && size > 0)
        {
            // A size line may carry extensions after the digits.
            int line = body.IndexOf("\r\n"u8);
            if (line < digits)
            {
                break;
            }

            body = body[(line + 2)..];
            int held = Math.Min(size, body.Length);
            body[..held].CopyTo(joined.AsSpan(written));
            written += held;
            if (held + 2 > body.Length)
            {
                break;
            }

            body = body[(held + 2)..];
        }

        return joined[..written];
    }

    /// <summary>Value of a header field, trimmed; empty when absent.</summary>
    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> header, ReadOnlySpan<byte> name)
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

    private static bool Contains(ReadOnlySpan<byte> value, ReadOnlySpan<byte> token)
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

    private static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower) =>
        text.Length >= lower.Length && System.Text.Ascii.EqualsIgnoreCase(text[..lower.Length], lower);
}
