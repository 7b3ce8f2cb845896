using CipherWatch.Core.Randomness.Statistics;
using CipherWatch.Core.Randomness.Structure;

namespace CipherWatch.Core.Randomness;

/// <summary>
/// The judgement of one payload sample, with the numbers that made it. Statistics that were not computed
/// (the sample is too short, an earlier stage decided, or only a histogram was given) are null.
/// </summary>
public sealed record PayloadScore
{
    /// <summary>Bytes of the payload the sample came from.</summary>
    public int Length { get; init; }

    /// <summary>Bytes that were scored.</summary>
    public int Sampled { get; init; }

    /// <summary>Plug-in Shannon entropy of the byte histogram, bits per byte, 0–8.</summary>
    public double Entropy { get; init; }

    /// <summary>Expected plug-in entropy of uniform random bytes at this length; null without a length.</summary>
    public double? ExpectedEntropy { get; init; }

    /// <summary>Length-corrected score, 0–8 (<see cref="LengthCorrected"/>); null without a length.</summary>
    public double? Score { get; init; }

    /// <summary>Entropy below or above expectation, in standard deviations at this length; null without a length.</summary>
    public double? Z { get; init; }

    /// <summary>The judgement.</summary>
    public PayloadVerdict Verdict { get; init; }

    /// <summary>Name of the recognised protocol.</summary>
    public string? Protocol { get; init; }

    /// <summary>Name of the recognised container or file format, or of the compression whose structure was parsed.</summary>
    public string? Container { get; init; }

    /// <summary>base64, base64url, base32 or hex; also utf-16 for such text.</summary>
    public string? Encoding { get; init; }

    /// <summary>Key length in bytes of the repeating XOR that was found.</summary>
    public int? XorKeyLength { get; init; }

    /// <summary>Aligned cipher blocks that occur again, over random-looking distinct blocks: a sign of ECB mode.</summary>
    public int EcbRepeats { get; init; }

    /// <summary>Cipher block size 8 or 16: of the blocks that repeat, or, over a flow, of all lengths (<see cref="BlockShape"/>).</summary>
    public int? BlockMultiple { get; init; }

    /// <summary>Share of printable ASCII and white space, 0–1.</summary>
    public double PrintableShare { get; init; }

    /// <summary>Pearson chi-square of the byte histogram against uniform, in exact standard deviations.</summary>
    public double? ChiSquareZ { get; init; }

    /// <summary>Chi-square of the eight bit positions against one half, 8 degrees of freedom.</summary>
    public double? BitPositions { get; init; }

    /// <summary>Ones among all bits against one half, in standard deviations.</summary>
    public double? BitBalanceZ { get; init; }

    /// <summary>Lag-one serial correlation of the bytes, −1 to 1.</summary>
    public double? SerialCorrelation { get; init; }

    /// <summary>Evidence of compression from bit windows, in standard deviations of ciphertext.</summary>
    public double? CompressionZ { get; init; }

    /// <summary>Log-likelihood, in nats, of the best repeating-key XOR reading over uniform bytes.</summary>
    public double? XorEvidence { get; init; }

    /// <summary>Judgement of what an encoded sample decodes to.</summary>
    public PayloadScore? Decoded { get; init; }

    /// <summary>Judgement of the HTTP bodies that the sample carries.</summary>
    public PayloadScore? Body { get; init; }

    /// <summary>What the message around it says of it, where this is the judgement of a body.</summary>
    public BodyCover Cover { get; init; }

    /// <summary>Whether it looks like ciphertext, as it is or written in letters (base64, hexadecimal) for the most part.</summary>
    public bool IsHidden => Verdict is PayloadVerdict.Encrypted or PayloadVerdict.Xor || IsEncodedCiphertext;

    /// <summary>Whether it is ciphertext written in letters for the most part.</summary>
    public bool IsEncodedCiphertext =>
        Verdict == PayloadVerdict.Encoded && Decoded is { Verdict: PayloadVerdict.Encrypted } content && content.Sampled * 3 > Sampled;

    /// <summary>Whether the score reaches <paramref name="threshold"/> at a length where one sample may say so.</summary>
    /// <param name="threshold">Threshold on the length-corrected scale, as <c>EntropyThreshold</c>.</param>
    public bool IsRandomLooking(double threshold = LengthCorrected.DefaultThreshold) =>
        Sampled >= SampleLengths.Verdict && Score >= threshold;
}
