using System.Buffers;

namespace CipherWatch.Core.Randomness.Encodings;

/// <summary>Finds base64, base64url, base32 and hexadecimal, whole or as a long run inside text.</summary>
internal static class PayloadEncoding
{
    /// <summary>Shorter runs are words, names and numbers; 64 characters are 48 bytes in base64, 32 in hexadecimal.</summary>
    public const int MinRunLength = 64;

    /// <summary>A run that is less of the sample than this leaves it text.</summary>
    private const double RunShare = 0.5;

    /// <summary>In 64 characters of real base64 each of capitals, small letters and digits is missing once in 10⁴.</summary>
    private const double ClassShare = 0.04;

    private static readonly SearchValues<byte> Base64 = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n"u8);
    private static readonly SearchValues<byte> Base64Url = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=\r\n"u8);
    private static readonly SearchValues<byte> Base32 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567=\r\n"u8);
    private static readonly SearchValues<byte> HexLower = SearchValues.Create("0123456789abcdef\r\n"u8);
    private static readonly SearchValues<byte> HexUpper = SearchValues.Create("0123456789ABCDEF\r\n"u8);

    /// <summary>The encoding of the longest encoded run, if it makes up enough of the sample.</summary>
    /// <param name="sample">Printable bytes.</param>
    /// <param name="run">The run.</param>
    /// <returns>Name of the encoding, or null.</returns>
    public static string? Find(ReadOnlySpan<byte> sample, out ReadOnlySpan<byte> run)
    {
        int least = Math.Max(MinRunLength, (int)(RunShare * sample.Length));

        // The narrowest alphabet first: every hexadecimal string is base64 too.
        run = LongestRun(sample, HexLower, least);
        if (HasClasses(run, digits: true))
        {
            return "hex";
        }

        run = LongestRun(sample, HexUpper, least);
        if (HasClasses(run, digits: true))
        {
            return "hex";
        }

        run = LongestRun(sample, Base32, least);
        if (HasClasses(run, upper: true, digits: true))
        {
            return "base32";
        }

        run = LongestRun(sample, Base64, least);
        if (HasClasses(run, upper: true, lower: true, digits: true))
        {
            return "base64";
        }

        run = LongestRun(sample, Base64Url, least);
        return HasClasses(run, upper: true, lower: true, digits: true) ? "base64url" : null;
    }

    /// <summary>Whether a byte is one of base64's letters, padding or line ends.</summary>
    public static bool IsBase64(byte value) => Base64.Contains(value);

    private static ReadOnlySpan<byte> LongestRun(ReadOnlySpan<byte> sample, SearchValues<byte> alphabet, int least)
    {
        ReadOnlySpan<byte> best = ReadOnlySpan<byte>.Empty;
        while (sample.Length >= least)
        {
            int start = sample.IndexOfAny(alphabet);
            if (start < 0)
            {
                break;
            }

            sample = sample[start..];
            int length = sample.IndexOfAnyExcept(alphabet);
            length = length < 0 ? sample.Length : length;
            if (length >= least && length > best.Length)
            {
                best = sample[..length];
            }

            sample = sample[length..];
        }

        return best;
    }

    private static bool HasClasses(ReadOnlySpan<byte> run, bool upper = false, bool lower = false, bool digits = false)
    {
        int uppers = 0, lowers = 0, numbers = 0;
        foreach (byte value in run)
        {
            uppers += char.IsAsciiLetterUpper((char)value) ? 1 : 0;
            lowers += char.IsAsciiLetterLower((char)value) ? 1 : 0;
            numbers += char.IsAsciiDigit((char)value) ? 1 : 0;
        }

        double least = ClassShare * run.Length;
        return !run.IsEmpty && (!upper || uppers >= least) && (!lower || lowers >= least) && (!digits || numbers >= least);
    }
}
