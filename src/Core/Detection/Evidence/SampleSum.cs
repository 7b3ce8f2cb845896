using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Randomness;

namespace CipherWatch.Core.Detection;

/// <summary>
/// Random-looking samples summed, in integers: over one flow, or over all flows to one destination. Ciphertext sums to nothing;
/// compressed data leans the same way in every sample, and the sum shows it.
/// </summary>
/// <param name="Samples">How many.</param>
/// <param name="Bytes">Bytes in them.</param>
/// <param name="EntropyZ">Sum of their entropy z, fixed point.</param>
/// <param name="CompressionZ">Sum of their compression evidence, fixed point.</param>
internal readonly record struct SampleSum(int Samples, int Bytes, long EntropyZ, long CompressionZ)
{
    /// <summary>Points of score per standard deviation. Source: the definition of the score, 8 + 0.32 z.</summary>
    private const double PointsPerZ = 0.32;

    /// <summary>Adds a sample.</summary>
    public SampleSum Add(in PayloadFact payload) =>
        new(Samples + 1, Bytes + payload.Sampled, EntropyZ + payload.Z, CompressionZ + payload.CompressionZ);

    /// <summary>Adds another sum.</summary>
    public SampleSum Add(in SampleSum other) =>
        new(Samples + other.Samples, Bytes + other.Bytes, EntropyZ + other.EntropyZ, CompressionZ + other.CompressionZ);

    /// <summary>Whether the samples together are random: they hold as much against the threshold as one sample must.</summary>
    /// <param name="threshold">Score, 0–8, from which one sample is random-looking.</param>
    public bool IsRandom(double threshold)
    {
        double root = PayloadFact.Scale * Math.Sqrt(Math.Max(1, Samples));
        return EntropyZ / root >= (threshold - 8) / PointsPerZ && !(Samples > 1 && CompressionZ / root > AccumulatedEvidence.CompressedZ);
    }
}
