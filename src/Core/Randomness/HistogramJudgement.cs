using CipherWatch.Core.Randomness.Statistics;

namespace CipherWatch.Core.Randomness;

/// <summary>The verdict on a histogram without its bytes.</summary>
internal static class HistogramJudgement
{
    /// <summary>Ciphertext exceeds this chi-square, in deviations, in 0.5 % of samples of 64 B and more.</summary>
    private const double CompressedChiSquareZ = 3.0;

    /// <summary>Judges 256 counts of a known sum.</summary>
    public static PayloadScore Judge(ReadOnlySpan<uint> counts, long total, double threshold)
    {
        int length = (int)Math.Min(total, int.MaxValue);
        if (length == 0)
        {
            return new PayloadScore();
        }

        double entropy = PluginEntropy.Of(counts, total);
        double? z = LengthCorrected.Z(entropy, length);
        BitStatistics bits = BitStatistics.Of(counts, total);
        PayloadScore score = new PayloadScore
        {
            Length = length,
            Sampled = length,
            Entropy = entropy,
            ExpectedEntropy = UniformEntropy.Moments(length).Mean,
            Z = z,
            Score = z is { } deviations ? LengthCorrected.FromZ(deviations) : null,
            PrintableShare = (double)PrintableBytes.Count(counts) / total,
            ChiSquareZ = ChiSquare.Z(counts, total),
            BitPositions = bits.Positions,
            BitBalanceZ = bits.BalanceZ,
        };
        return score with { Verdict = Verdict(score, threshold) };
    }

    private static PayloadVerdict Verdict(PayloadScore score, double threshold) => score switch
    {
        { Sampled: < SampleLengths.Accumulate } => PayloadVerdict.Insufficient,
        { PrintableShare: >= FirstStage.PrintableShare } => PayloadVerdict.Text,
        _ when score.Score < threshold => PayloadVerdict.Binary,
        { Sampled: < SampleLengths.Verdict } => PayloadVerdict.Insufficient,
        { ChiSquareZ: > CompressedChiSquareZ } => PayloadVerdict.Compressed,
        _ => PayloadVerdict.Encrypted,
    };
}
