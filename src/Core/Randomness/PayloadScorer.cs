using CipherWatch.Core.Randomness.Recognition;
using CipherWatch.Core.Randomness.Statistics;

namespace CipherWatch.Core.Randomness;

/// <summary>
/// Judges payload samples: bytes, a byte histogram, or an entropy figure that an exporter worked out. Each gives as
/// much as it holds.
/// </summary>
/// <remarks>
/// Bytes pass a cheap first stage (<see cref="FirstStage"/>); the structural tests run only on what it leaves open.
/// A pure function of its arguments: the same sample has the same score everywhere.
/// </remarks>
public static class PayloadScorer
{
    /// <summary>Judges bytes.</summary>
    /// <param name="sample">The bytes; at most <see cref="SampleLengths.MaxScored"/> of them are scored.</param>
    /// <param name="startSeen">Whether they begin where the stream or datagram began.</param>
    public static PayloadScore Score(ReadOnlySpan<byte> sample, bool startSeen = true) =>
        Score(sample, new PayloadContext { StartUnseen = !startSeen });

    /// <summary>Judges bytes of which more is known.</summary>
    /// <param name="sample">The bytes; at most <see cref="SampleLengths.MaxScored"/> of them are scored.</param>
    /// <param name="context">Carrier, ports, and whether the start was seen.</param>
    /// <param name="threshold">Score from which a sample is random-looking.</param>
    public static PayloadScore Score(
        ReadOnlySpan<byte> sample, in PayloadContext context, double threshold = LengthCorrected.DefaultThreshold) =>
        SampleJudgement.Judge(sample[..Math.Min(sample.Length, SampleLengths.MaxScored)], context, threshold, depth: 0) with
        {
            Length = FieldReading.Whole(sample, context),
        };

    /// <summary>
    /// Judges a byte histogram. Order is lost, so compressed data is told from ciphertext by chi-square alone, and
    /// neither protocols nor XOR nor ECB are seen.
    /// </summary>
    /// <param name="counts">256 counts.</param>
    /// <param name="threshold">Score from which a sample is random-looking.</param>
    public static PayloadScore ScoreHistogram(ReadOnlySpan<uint> counts, double threshold = LengthCorrected.DefaultThreshold)
    {
        if (counts.Length != ByteHistogram.Cells)
        {
            throw new ArgumentException("A histogram has 256 cells.", nameof(counts));
        }

        long total = 0;
        foreach (uint count in counts)
        {
            total += count;
        }

        return HistogramJudgement.Judge(counts, total, threshold);
    }

    /// <summary>
    /// Judges an entropy figure that an exporter worked out. Without the number of bytes behind it, it has no score: the
    /// same figure is low for ciphertext at one length and high for text at another.
    /// </summary>
    /// <param name="entropy">Bits per byte, 0–8.</param>
    /// <param name="length">Bytes the figure was worked out over, if known.</param>
    /// <param name="threshold">Score from which a sample is random-looking.</param>
    public static PayloadScore ScoreEntropy(double entropy, int? length = null, double threshold = LengthCorrected.DefaultThreshold)
    {
        if (double.IsNaN(entropy) || length is not >= 2 || LengthCorrected.Z(entropy, length.Value) is not { } z)
        {
            return new PayloadScore { Entropy = double.IsNaN(entropy) ? 0 : Math.Clamp(entropy, 0, 8) };
        }

        PayloadScore score = new PayloadScore
        {
            Length = length.Value,
            Sampled = length.Value,
            Entropy = Math.Clamp(entropy, 0, 8),
            ExpectedEntropy = UniformEntropy.Moments(length.Value).Mean,
            Z = z,
            Score = LengthCorrected.FromZ(z),
        };

        // Below the threshold the figure does not say whether it was text, code or anything else.
        return score.IsRandomLooking(threshold) ? score with { Verdict = PayloadVerdict.Encrypted } : score;
    }
}
