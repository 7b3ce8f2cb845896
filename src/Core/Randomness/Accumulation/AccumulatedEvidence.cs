namespace CipherWatch.Core.Randomness.Accumulation;

/// <summary>What a set of samples says together: sums of clipped z over the root of their number.</summary>
/// <remarks>
/// Sums of z, not pooled histograms: the biases of different streams cancel in a common histogram, and 256 samples then
/// show less than 16 do in a sum.
/// </remarks>
/// <param name="Samples">Samples of at least <see cref="SampleLengths.Accumulate"/> bytes.</param>
/// <param name="EntropyZ">Σ entropy z / √K: below −2.5 the samples together are not random bytes.</param>
/// <param name="CompressionZ">Σ compression evidence / √K.</param>
/// <param name="RandomLooking">Samples whose own verdict is encrypted.</param>
public readonly record struct AccumulatedEvidence(int Samples, double EntropyZ, double CompressionZ, int RandomLooking)
{
    /// <summary>
    /// From here the samples together are compressed: a standard score that 0.5 % of flows of ciphertext exceed.
    /// </summary>
    public const double CompressedZ = 2.6;

    /// <summary>Below this they are not random: z of the settings' default threshold.</summary>
    public const double RandomZ = -2.5;

    /// <summary>Short samples that together stand for one of 64 bytes and more.</summary>
    public const int FewestShort = 4;

    /// <summary>Whether the sum shows compression.</summary>
    public bool IsCompressed => Samples > 1 && CompressionZ > CompressedZ;

    /// <summary>Whether the sum is that of random bytes.</summary>
    public bool IsRandom => Samples >= FewestShort && EntropyZ >= RandomZ;

    /// <summary>Sums a set. Integers until the last step: the result does not depend on how the set came about.</summary>
    public static AccumulatedEvidence Of(SampleSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        long entropy = 0, compression = 0;
        int samples = 0, random = 0;
        foreach (var sample in set.Samples)
        {
            if (sample.Sampled < SampleLengths.Accumulate)
            {
                continue;
            }

            samples++;
            entropy += sample.EntropyZ;
            compression += sample.CompressionZ;
            random += sample.Verdict == PayloadVerdict.Encrypted ? 1 : 0;
        }

        var root = SampleFact.Units * Math.Sqrt(Math.Max(samples, 1));
        return new AccumulatedEvidence(samples, entropy / root, compression / root, random);
    }
}
