namespace CipherWatch.Core.Randomness.Encodings;

/// <summary>Decodes as much of an encoded run as is scored; line breaks and padding are skipped.</summary>
internal static class EncodedBytes
{
    /// <summary>Bytes decoded at most: what a single sample usually holds, and small enough for the stack.</summary>
    public const int MaxDecoded = 4096;

    /// <summary>Decodes into <paramref name="into"/>; returns the bytes written.</summary>
    /// <param name="run">Characters of one alphabet, as <see cref="PayloadEncoding.Find"/> gives them.</param>
    /// <param name="encoding">The name it gave.</param>
    /// <param name="into">Room for the result.</param>
    public static int Decode(ReadOnlySpan<byte> run, string encoding, Span<byte> into)
    {
        int bits = encoding switch
        {
            "hex" => 4,
            "base32" => 5,
            _ => 6,
        };
        int held = 0, pending = 0, written = 0;
        foreach (byte letter in run)
        {
            int value = bits switch
            {
                4 => Hexadecimal(letter),
                5 => Base32(letter),
                _ => Base64(letter),
            };
            if (value < 0)
            {
                continue;
            }

            pending = ((pending << bits) | value) & 0xFFFF;
            held += bits;
            if (held >= 8)
            {
                if (written == into.Length)
                {
                    break;
                }

                held -= 8;
                into[written++] = (byte)(pending >> held);
            }
        }

        return written;
    }

    private static int Hexadecimal(byte letter) => letter switch
    {
        >= (byte)'0' and <= (byte)'9' => letter - '0',
        >= (byte)'a' and <= (byte)'f' => letter - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => letter - 'A' + 10,
        _ => -1,
    };

    private static int Base32(byte letter) => letter switch
    {
        >= (byte)'A' and <= (byte)'Z' => letter - 'A',
        >= (byte)'2' and <= (byte)'7' => letter - '2' + 26,
        _ => -1,
    };

    private static int Base64(byte letter) => letter switch
    {
        >= (byte)'A' and <= (byte)'Z' => letter - 'A',
        >= (byte)'a' and <= (byte)'z' => letter - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => letter - '0' + 52,
        (byte)'+' or (byte)'-' => 62,
        (byte)'/' or (byte)'_' => 63,
        _ => -1,
    };
}
