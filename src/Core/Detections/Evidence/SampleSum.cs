using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Accumulation;

namespace CipherWatch.Core.Detections.Evidence;

/// <summary>
/// Random-looking samples summed, in integers: over one flow, or over all flows to one destination. Ciphertext sums to nothing;
/// compressed data leans the same way in every sample, and the sum shows it.
/// </summary>
/// <param name="Samples">How many.</param>
/// <param name="Bytes">Bytes in them.</param>
/// <param name="EntropyZ">Sum of their entropy z, fixed point.</param>
/// <param name="Compression">Compression evidence of those long enough to be judged alone.</param>
/// <param name="ShortCompression">The same of shorter ones.</param>
internal readonly record struct SampleSum(int Samples, int Bytes, long EntropyZ, CompressionSum Compression, CompressionSum ShortCompression)
{
    /// <summary>Points of score per standard deviation. Source: the definition of the score, 8 + 0.32 z.</summary>
    private const double PointsPerZ = 0.32;

    /// <summary>Adds a sample.</summary>
    public SampleSum Add(in PayloadFact payload)
    {
        CompressionSum one = new(1, payload.CompressionZ);
        bool judged = payload.Sampled >= SampleLengths.Verdict;
        return Add(new SampleSum(1, payload.Sampled, payload.Z, judged ? one : default, judged ? default : one));
    }

    /// <summary>Adds another sum.</summary>
    public SampleSum Add(in SampleSum other) => new(
        Samples + other.Samples, Bytes + other.Bytes, EntropyZ + other.EntropyZ,
        Compression.Add(other.Compression), ShortCompression.Add(other.ShortCompression));

    /// <summary>Whether the samples together are random: they hold as much against the threshold as one sample must.</summary>
    /// <remarks>
    /// Compression is read from the long samples where there are any: in 32 bytes of ciphertext, a length and a command number
    /// before it look like more of it than kilobytes of ciphertext can make good.
    /// </remarks>
    /// <param name="threshold">Score, 0–8, from which one sample is random-looking.</param>
    public bool IsRandom(double threshold)
    {
        CompressionSum compression = Compression.Samples > 0 ? Compression : ShortCompression;
        return EntropyZ / Root(Samples) >= (threshold - 8) / PointsPerZ
            && !(compression.Samples > 1 && compression.Z / Root(compression.Samples) > AccumulatedEvidence.CompressedZ);
    }

    private static double Root(int samples) => PayloadFact.Scale * Math.Sqrt(Math.Max(1, samples));
}
