using CipherWatch.Core.Randomness.Encodings;
using CipherWatch.Core.Randomness.Statistics;

namespace CipherWatch.Core.Randomness.Structure;

/// <summary>
/// Finds a repeating XOR key by likelihood ratio: for each key length and each column, the key byte under which the
/// column is likeliest as text or as program code, against the best the bytes are without a key (uniform, text, code);
/// each key byte costs ln 256.
/// </summary>
/// <remarks>
/// Only lengths whose columns coincide are tried (<see cref="ColumnCoincidence"/>), so that ciphertext and compressed
/// data cost microseconds. What makes a reading a finding is in <see cref="XorRule"/>.
/// </remarks>
public static class RepeatingXor
{
    /// <summary>Bytes of the sample that are read: 512 find keys of up to 64 bytes, and cost grows with length.</summary>
    public const int Window = 512;

    /// <summary>Least bytes per column: with fewer the key's cost outweighs the columns' evidence.</summary>
    private const int MinColumn = 5;

    private const int Values = 256;

    /// <summary>
    /// Share of the best evidence from which a divisor of the best length is the key's length: where the plaintext itself
    /// has a period, a multiple of the key's length reads better than the key's own.
    /// </summary>
    private const double DivisorShare = 0.75;

    /// <summary>Key lengths that are tried: all to 32, and the usual ones above.</summary>
    private static ReadOnlySpan<byte> Lengths =>
    [
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 40, 48, 64,
    ];

    /// <summary>The reading as text where that is a finding, otherwise the better of text and program code.</summary>
    /// <param name="sample">Any bytes; the first <see cref="Window"/> are read.</param>
    public static XorReading Read(ReadOnlySpan<byte> sample)
    {
        sample = sample[..Math.Min(sample.Length, Window)];
        if (sample.IsEmpty)
        {
            return XorReading.None;
        }

        double rawText = XorModel.Text.Raw(sample), rawBinary = XorModel.Binary.Raw(sample);
        XorReading none = XorReading.None with
        {
            RawText = rawText / sample.Length,
            RawBinary = rawBinary / sample.Length,
            RawPrintable = (double)PrintableBytes.Count(sample) / sample.Length,
            RawZeros = (double)sample.Count((byte)0) / sample.Length,
        };
        Span<bool> worth = stackalloc bool[Lengths.Length];
        if (!(XorRule.MayBeText(none) || XorRule.MayBeCode(none)) || !ColumnCoincidence.Candidates(sample, Lengths, worth))
        {
            return none;
        }

        double raw = Math.Max(0, Math.Max(rawText, rawBinary));
        XorReading text = XorRule.MayBeText(none) ? Best(sample, XorModel.Text, worth, raw, none) : none;
        if (XorRule.IsFinding(text, sample.Length) && text.ConstantColumns == 0)
        {
            return text;
        }

        // The A of base64 makes columns as the space of text does.
        text = XorRule.MayBeText(none) ? Better(text, Best(sample, XorModel.Base64, worth, raw, none), sample.Length) : none;
        return XorRule.IsFinding(text, sample.Length) || !XorRule.MayBeCode(none)
            ? text
            : Better(text, Best(sample, XorModel.Binary, worth, raw, none), sample.Length);
    }

    /// <summary>A finding before none, then the one with more evidence.</summary>
    private static XorReading Better(XorReading left, XorReading right, int length) =>
        (XorRule.IsFinding(left, length), left.Evidence).CompareTo((XorRule.IsFinding(right, length), right.Evidence)) >= 0 ? left : right;

    private static XorReading Best(ReadOnlySpan<byte> sample, XorModel model, ReadOnlySpan<bool> worth, double raw, XorReading none)
    {
        Span<double> evidence = stackalloc double[Lengths.Length];
        Span<byte> key = stackalloc byte[Lengths[^1]];
        int best = -1;
        for (int i = 0; i < Lengths.Length && Lengths[i] * MinColumn <= sample.Length; i++)
        {
            evidence[i] = worth[i] ? model.Columns(sample, Lengths[i], key) - (Lengths[i] * Math.Log(Values)) - raw
                : double.NegativeInfinity;
            best = best < 0 || evidence[i] > evidence[best] ? i : best;
        }

        if (best < 0 || double.IsNegativeInfinity(evidence[best]))
        {
            return none;
        }

        for (int i = 0; i < best; i++)
        {
            if (Lengths[best] % Lengths[i] != 0)
            {
                continue;
            }

            evidence[i] = worth[i] ? evidence[i] : model.Columns(sample, Lengths[i], key) - (Lengths[i] * Math.Log(Values)) - raw;
            if (evidence[i] > Math.Max(0, DivisorShare * evidence[best]))
            {
                XorReading divisor = Decrypt(sample, model, none with { KeyLength = Lengths[i], Evidence = evidence[i] }, key);
                if (XorRule.IsFinding(divisor, sample.Length))
                {
                    return divisor;
                }
            }
        }

        return Decrypt(sample, model, none with { KeyLength = Lengths[best], Evidence = evidence[best] }, key);
    }

    private static XorReading Decrypt(ReadOnlySpan<byte> sample, XorModel model, XorReading reading, Span<byte> key)
    {
        model.Columns(sample, reading.KeyLength, key);
        key = key[..reading.KeyLength];
        Span<byte> commonest = stackalloc byte[key.Length];
        double constant = ColumnCoincidence.Constant(sample, commonest);
        int printable = 0, base64 = 0, zeros = 0, pairs = 0, others = 0;
        double evidence = 0;
        bool wasZero = false;
        for (int i = 0, column = 0; i < sample.Length; i++, column = column + 1 == key.Length ? 0 : column + 1)
        {
            byte plain = (byte)(sample[i] ^ key[column]);
            printable += PrintableBytes.Is(plain) ? 1 : 0;
            base64 += PayloadEncoding.IsBase64(plain) ? 1 : 0;
            zeros += plain == 0 ? 1 : 0;
            pairs += plain == 0 && wasZero ? 1 : 0;
            wasZero = plain == 0;
            others += sample[i] != commonest[column] ? 1 : 0;
            evidence += sample[i] != commonest[column] ? model.Evidence(plain) : 0;
        }

        return reading with
        {
            Plaintext = model.Plaintext,
            Printable = (double)printable / sample.Length,
            Base64 = (double)base64 / sample.Length,
            Zeros = (double)zeros / sample.Length,
            ZeroPairs = (double)pairs / sample.Length,
            ConstantColumns = constant,
            Others = (double)others / sample.Length,
            OthersEvidence = others == 0 ? 0 : evidence / others,
            KeyIsCaseOnly = key.IndexOfAnyExcept((byte)0, (byte)0x20) < 0,
        };
    }
}
