namespace CipherWatch.Core.Randomness.Accumulation;

/// <summary>What one sample adds to what is known of its flow: small, and in integers, so that sums do not depend on order.</summary>
/// <param name="Sampled">Bytes scored.</param>
/// <param name="Verdict">The sample's own verdict, under the shipped threshold.</param>
/// <param name="Score">Length-corrected score in 1/<see cref="Units"/>; −1 where there is none.</param>
/// <param name="EntropyZ">Entropy z, clipped, in 1/<see cref="Units"/>.</param>
/// <param name="CompressionZ">Compression evidence, clipped, in 1/<see cref="Units"/>; 0 where it was not computed.</param>
/// <param name="XorKeyLength">Key length of a repeating XOR; 0 where none was found.</param>
/// <param name="EcbRepeats">Repeated cipher blocks.</param>
/// <param name="Cover">What the message around it says of it, where it is the body that a recognised protocol carries.</param>
public readonly record struct SampleFact(
    int Sampled, PayloadVerdict Verdict, int Score, int EntropyZ, int CompressionZ, int XorKeyLength = 0, int EcbRepeats = 0,
    BodyCover Cover = BodyCover.None)
{
    /// <summary>Steps per standard deviation, and per point of the score.</summary>
    public const int Units = 1000;

    /// <summary>
    /// A z counts as at least −5 and at most 8: it costs nothing in accuracy and keeps one odd sample, such as a file's
    /// header, from deciding for a process.
    /// </summary>
    private const double MinZ = -5;

    private const double MaxZ = 8;

    /// <summary>Makes the fact of a scored sample.</summary>
    public static SampleFact Of(PayloadScore score)
    {
        ArgumentNullException.ThrowIfNull(score);

        // Of a body that is written in letters, what it says counts.
        if (score.Cover != BodyCover.None && score.IsEncodedCiphertext)
        {
            return Of(score.Decoded!) with { Verdict = PayloadVerdict.Encoded, Cover = score.Cover };
        }

        return new(
            score.Sampled,
            score.Verdict,
            score.Score is { } points ? (int)Math.Round(points * Units) : -1,
            Fixed(score.Z ?? 0),
            Fixed(score.CompressionZ ?? 0),
            score.XorKeyLength ?? 0,
            score.EcbRepeats,
            score.Cover);
    }

    private static int Fixed(double z) => (int)Math.Round(Math.Clamp(z, MinZ, MaxZ) * Units);
}
