using System.Buffers.Binary;

namespace CipherWatch.Core.Randomness.Encodings;

/// <summary>
/// WebSocket frames (RFC 6455 §5.2). A client has to send its own under a key of four bytes that stands in front of each: without
/// taking it off, every WebSocket would be payload under a repeating XOR key.
/// </summary>
internal static class WebSocketFrames
{
    private const int MaskFlag = 0x80, LengthBits = 0x7F, LengthOf16Bits = 126, LengthOf64Bits = 127, KeyLength = 4;

    /// <summary>What the frames carry, without their headers and masks, as far as the bytes hold it.</summary>
    /// <param name="bytes">What follows the headers of an upgrade, either way.</param>
    /// <returns>The content; the bytes as they are where they do not begin with a frame.</returns>
    public static byte[] Join(ReadOnlySpan<byte> bytes)
    {
        byte[] joined = new byte[bytes.Length];
        int written = 0;
        ReadOnlySpan<byte> rest = bytes;
        while (TryHeader(rest, out int header, out ReadOnlySpan<byte> key, out long length))
        {
            int held = (int)Math.Min(length, rest.Length - header);
            Span<byte> content = joined.AsSpan(written, held);
            rest.Slice(header, held).CopyTo(content);
            for (int at = 0; at < content.Length && !key.IsEmpty; at++)
            {
                content[at] ^= key[at % KeyLength];
            }

            written += held;
            rest = rest[(header + held)..];
        }

        return rest.Length == bytes.Length ? bytes.ToArray() : joined[..written];
    }

    private static bool TryHeader(ReadOnlySpan<byte> bytes, out int header, out ReadOnlySpan<byte> key, out long length)
    {
        header = 2;
        key = default;
        length = 0;
        if (bytes.Length < header || !IsFirstByte(bytes[0]))
        {
            return false;
        }

        length = bytes[1] & LengthBits;
        if (length >= LengthOf16Bits)
        {
            bool wide = length == LengthOf64Bits;
            header += wide ? sizeof(long) : sizeof(ushort);
            if (bytes.Length < header)
            {
                return false;
            }

            length = wide ? BinaryPrimitives.ReadInt64BigEndian(bytes[2..]) : BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        }

        if ((bytes[1] & MaskFlag) != 0)
        {
            if (bytes.Length < header + KeyLength)
            {
                return false;
            }

            key = bytes.Slice(header, KeyLength);
            header += KeyLength;
        }

        return length >= 0;
    }

    /// <summary>No bits set that mean nothing, and a continuation, text, binary, close, ping or pong.</summary>
    private static bool IsFirstByte(byte first) => (first & 0x30) == 0 && (first & 0x0F) is <= 2 or (>= 8 and <= 10);
}
