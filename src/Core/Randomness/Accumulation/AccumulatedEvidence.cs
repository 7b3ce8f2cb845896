using CipherWatch.Core.Randomness.Statistics;

namespace CipherWatch.Core.Randomness.Accumulation;

/// <summary>
/// What samples say together, of one direction, of a flow, or of all flows to one destination: sums of clipped z over the root of
/// their number, or of <see cref="MaxIndependent"/> times their mean. Ciphertext sums to nothing; compressed data leans the same way in
/// every sample, and the sum shows it.
/// </summary>
/// <remarks>
/// Sums of z, not pooled histograms: the biases of different streams cancel in a common histogram, and 256 samples then
/// show less than 16 do in a sum. In integers, so that the order of samples does not matter.
/// </remarks>
public readonly record struct AccumulatedEvidence
{
    /// <summary>
    /// From here samples together are compressed: a standard score that 0.5 % of flows of ciphertext exceed.
    /// </summary>
    public const double CompressedZ = 2.6;

    /// <summary>
    /// Samples that count as independent at most; of more, their mean counts as that many. Messages under one key are alike: a keystream
    /// that begins anew with each of them shares 0.2 deviations, which hundreds of samples would sum up to a verdict.
    /// </summary>
    public const int MaxIndependent = 16;

    private readonly Sum _long;
    private readonly Sum _short;

    private AccumulatedEvidence(int bytes, Sum ofLong, Sum ofShort) => (Bytes, _long, _short) = (bytes, ofLong, ofShort);

    /// <summary>How many samples.</summary>
    public int Samples => _long.Samples + _short.Samples;

    /// <summary>Bytes in them.</summary>
    public int Bytes { get; }

    /// <summary>Σ entropy z / √K, of up to <see cref="MaxIndependent"/> samples.</summary>
    public double EntropyZ => Standard(Speaking.Entropy, Speaking.Samples);

    /// <summary>Σ compression evidence / √K, of up to <see cref="MaxIndependent"/> samples.</summary>
    public double CompressionZ => Standard(Speaking.Compression, Speaking.Samples);

    /// <summary>Whether the sum shows compression. One sample has been asked alone.</summary>
    public bool IsCompressed => Speaking.Samples > 1 && CompressionZ > CompressedZ;

    /// <summary>
    /// The samples that are long enough to be judged alone, where there are any: a length and a command number before 26 bytes of
    /// ciphertext look more like structure than kilobytes of ciphertext can make good.
    /// </summary>
    private Sum Speaking => _long.Samples > 0 ? _long : _short;

    /// <summary>The sum of samples, in any order.</summary>
    public static AccumulatedEvidence Of(params ReadOnlySpan<SampleFact> samples)
    {
        AccumulatedEvidence sum = default;
        foreach (SampleFact sample in samples)
        {
            sum = sum.Add(sample);
        }

        return sum;
    }

    /// <summary>Adds a sample; one of less than <see cref="SampleLengths.Accumulate"/> bytes says nothing.</summary>
    public AccumulatedEvidence Add(in SampleFact sample)
    {
        if (sample.Sampled < SampleLengths.Accumulate)
        {
            return this;
        }

        Sum one = new(1, sample.EntropyZ, sample.CompressionZ);
        bool isLong = sample.Sampled >= SampleLengths.Verdict;
        return Add(new AccumulatedEvidence(sample.Sampled, isLong ? one : default, isLong ? default : one));
    }

    /// <summary>Adds another sum.</summary>
    public AccumulatedEvidence Add(in AccumulatedEvidence other) =>
        new(Bytes + other.Bytes, _long.Add(other._long), _short.Add(other._short));

    /// <summary>Whether the samples together are random: they hold as much against the threshold as one sample must.</summary>
    /// <param name="threshold">Score, 0–8, from which one sample is random-looking.</param>
    public bool IsRandom(double threshold) => EntropyZ >= LengthCorrected.ToZ(threshold) && !IsCompressed;

    private static double Standard(long sum, int samples) =>
        sum * Math.Sqrt(Math.Clamp(samples, 1, MaxIndependent)) / (SampleFact.Units * (double)Math.Max(1, samples));

    private readonly record struct Sum(int Samples, long Entropy, long Compression)
    {
        public Sum Add(in Sum other) => new(Samples + other.Samples, Entropy + other.Entropy, Compression + other.Compression);
    }
}
