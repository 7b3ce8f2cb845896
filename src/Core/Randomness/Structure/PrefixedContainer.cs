namespace CipherWatch.Core.Randomness.Structure;

/// <summary>Compressed data behind a program's own short header (length, type, checksum): the magic stands a few bytes in.</summary>
internal static class PrefixedContainer
{
    /// <summary>Longest header that is looked behind.</summary>
    private const int MaxHeader = 16;

    /// <summary>
    /// The container's name; null where there is none. Of ciphertext one sample in 50,000 would be named by a zlib header with a whole
    /// table of codes behind it, the only one of these that is short of four bytes.
    /// </summary>
    /// <param name="sample">Bytes from the first of a stream or datagram.</param>
    public static string? Find(ReadOnlySpan<byte> sample)
    {
        for (int at = 1; at <= MaxHeader && at + 4 < sample.Length; at++)
        {
            ReadOnlySpan<byte> rest = sample[at..];
            string? name = rest switch
            {
                [0x78, 0x01 or 0x5E or 0x9C or 0xDA, ..] when DeflateHeader.Read(rest[2..]) == DeflateStart.Dynamic => "zlib",
                [0x1F, 0x8B, 0x08, <= 0x1F, ..] => "gzip",
                [0x28, 0xB5, 0x2F, 0xFD, ..] => "zstd",
                [0x04, 0x22, 0x4D, 0x18, ..] => "lz4",
                [0xFD, (byte)'7', (byte)'z', (byte)'X', ..] => "xz",
                [(byte)'P', (byte)'K', 0x03, 0x04, ..] => "zip",
                _ => null,
            };
            if (name is not null)
            {
                return name;
            }
        }

        return null;
    }
}
