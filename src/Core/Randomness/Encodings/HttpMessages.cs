using System.Buffers.Text;

namespace CipherWatch.Core.Randomness.Encodings;

/// <summary>
/// The messages of one direction of an HTTP/1 connection (RFC 9112), one after the other, as far as a sample holds them. Headers are
/// text by nature, so what the messages carry is scored instead.
/// </summary>
internal ref struct HttpMessages(ReadOnlySpan<byte> sample) : IMessages
{
    /// <summary>Header blocks longer than this are not searched for their end.</summary>
    private const int MaxHeader = 64 * 1024;

    private ReadOnlySpan<byte> _rest = sample;

    /// <summary>What the header says of the body.</summary>
    public BodyCover Cover { get; private set; }

    /// <summary>The body, de-chunked where it is chunked; empty without one.</summary>
    public byte[] Body { get; private set; } = [];

    /// <summary>Goes to the next message; false where the sample holds no further header.</summary>
    public bool Next()
    {
        int end = _rest[..Math.Min(_rest.Length, MaxHeader)].IndexOf("\r\n\r\n"u8);
        if (end < 0 || !IsStart(_rest))
        {
            return false;
        }

        ReadOnlySpan<byte> header = _rest[..(end + 2)];
        _rest = _rest[(end + 4)..];
        Cover = HttpCover.Of(header);
        Body = Take(header);
        return true;
    }

    private byte[] Take(ReadOnlySpan<byte> header)
    {
        ReadOnlySpan<byte> rest = _rest;
        if (HttpFields.Contains(HttpFields.Value(header, "upgrade"u8), "websocket"u8))
        {
            _rest = [];
            return WebSocketFrames.Join(rest);
        }

        if (HttpFields.Contains(HttpFields.Value(header, "transfer-encoding"u8), "chunked"u8))
        {
            byte[] joined = Join(rest, out int taken);
            _rest = rest[taken..];
            return joined;
        }

        // An answer to HEAD, or that nothing changed, has a length and no body: the next message follows at once.
        if (IsStart(rest))
        {
            return [];
        }

        ReadOnlySpan<byte> length = HttpFields.Value(header, "content-length"u8);
        bool said = Utf8Parser.TryParse(length, out long bytes, out _) && bytes >= 0;
        int held = said && bytes < rest.Length ? (int)bytes : rest.Length;
        _rest = rest[held..];
        return rest[..held].ToArray();
    }

    /// <summary>Whether a message starts here: its first line names HTTP.</summary>
    private static bool IsStart(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf("\r\n"u8);
        return end > 0 && (bytes.StartsWith("HTTP/1."u8) || bytes[..end].IndexOf(" HTTP/1."u8) > 0);
    }

    private static byte[] Join(ReadOnlySpan<byte> body, out int taken)
    {
        byte[] joined = new byte[body.Length];
        int written = 0;
        taken = body.Length;
        ReadOnlySpan<byte> rest = body;
        while (Utf8Parser.TryParse(rest, out int size, out int digits, 'x') && size >= 0)
        {
            // A size line may carry extensions after the digits.
            int line = rest.IndexOf("\r\n"u8);
            if (line < digits)
            {
                break;
            }

            rest = rest[(line + 2)..];
            int held = Math.Min(size, rest.Length);
            rest[..held].CopyTo(joined.AsSpan(written));
            written += held;
            if (held + 2 > rest.Length)
            {
                break;
            }

            rest = rest[(held + 2)..];
            if (size == 0)
            {
                taken = body.Length - rest.Length;
                break;
            }
        }

        return joined[..written];
    }
}
