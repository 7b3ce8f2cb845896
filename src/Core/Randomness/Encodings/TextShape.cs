using System.Text.Unicode;
using CipherWatch.Core.Randomness.Statistics;

namespace CipherWatch.Core.Randomness.Encodings;

/// <summary>Recognises text beyond ASCII.</summary>
internal static class TextShape
{
    /// <summary>Bytes of an UTF-8 character at most; a sample may begin and end inside one.</summary>
    private const int MaxCharacterLength = 4;

    /// <summary>Text is allowed this share of control characters (colour codes, separators).</summary>
    private const double ControlShare = 0.02;

    /// <summary>Share of UTF-16 units that are printable ASCII from which it is text.</summary>
    private const double WideShare = 0.85;

    /// <summary>
    /// Whether the sample is UTF-8 text: valid but for cut characters at either end, with next to no control characters,
    /// and with more ASCII or more multi-byte characters than chance makes valid.
    /// </summary>
    public static bool IsUtf8(ReadOnlySpan<byte> sample)
    {
        int controls = 0;
        foreach (byte value in sample)
        {
            controls += value is < (byte)' ' or 0x7F && !PrintableBytes.Is(value) ? 1 : 0;
        }

        if (controls > ControlShare * sample.Length)
        {
            return false;
        }

        for (int skip = 0; skip < MaxCharacterLength && skip < sample.Length; skip++)
        {
            for (int cut = 0; cut < MaxCharacterLength && skip + cut < sample.Length; cut++)
            {
                if (Utf8.IsValid(sample[skip..^cut]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether the sample is UTF-16 text of mostly ASCII, in either byte order.</summary>
    public static bool IsUtf16(ReadOnlySpan<byte> sample) => IsWide(sample, 0) || IsWide(sample, 1);

    private static bool IsWide(ReadOnlySpan<byte> sample, int low)
    {
        int units = sample.Length / 2;
        int wide = 0;
        for (int i = 0; i < units * 2; i += 2)
        {
            wide += PrintableBytes.Is(sample[i + low]) && sample[i + 1 - low] == 0 ? 1 : 0;
        }

        return units > 0 && wide >= WideShare * units;
    }
}
