namespace CipherWatch.Cli.Inputs;

/// <summary>The block of 512 bytes before each entry of a tar archive (POSIX.1-1988 ustar, which GNU and pax extend).</summary>
internal static class TarHeader
{
    /// <summary>Length of the block, bytes.</summary>
    public const int Length = 512;

    private const int Checksum = 148, ChecksumLength = 8, Magic = 257;

    /// <summary>Whether a block is one: its magic word, and the sum of its bytes, which no text has by chance.</summary>
    public static bool Fits(ReadOnlySpan<byte> block)
    {
        if (block.Length < Length || !block[Magic..].StartsWith("ustar"u8))
        {
            return false;
        }

        // The sum takes its own field for spaces.
        int sum = ChecksumLength * ' ';
        for (int at = 0; at < Length; at++)
        {
            sum += at is >= Checksum and < Checksum + ChecksumLength ? 0 : block[at];
        }

        int written = 0;
        foreach (byte digit in block.Slice(Checksum, ChecksumLength).Trim(" \0"u8))
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return false;
            }

            written = (written << 3) | (digit - '0');
        }

        return written == sum;
    }
}
