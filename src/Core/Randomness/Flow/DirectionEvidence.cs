using CipherWatch.Core.Randomness.Accumulation;
using CipherWatch.Core.Randomness.Statistics;

namespace CipherWatch.Core.Randomness.Flow;

/// <summary>What the samples of one direction of a flow say together.</summary>
/// <param name="Verdict">Verdict of the direction as a whole.</param>
/// <param name="IsRandom">Its samples look random in most cases, each by itself.</param>
/// <param name="Sampled">Bytes in its samples.</param>
/// <param name="Random">Its random-looking samples, summed.</param>
/// <param name="LowestScore">Lowest score among those, in 1/<see cref="SampleFact.Units"/>; the greatest number where there are
/// none.</param>
/// <param name="XorKeyLength">Key length of a repeating XOR; 0 where none was found.</param>
/// <param name="EcbRepeats">Most repeated cipher blocks of a sample.</param>
/// <param name="Carried">What the bodies say that its protocol carries, apart from all that.</param>
public readonly record struct DirectionEvidence(
    PayloadVerdict Verdict, bool IsRandom, int Sampled, AccumulatedEvidence Random, int LowestScore, int XorKeyLength, int EcbRepeats,
    CarriedEvidence Carried)
{
    /// <summary>A direction of which there is no sample.</summary>
    public static readonly DirectionEvidence None = Of([], LengthCorrected.DefaultThreshold);

    /// <summary>Short samples that together stand for one that may be called random-looking alone.</summary>
    private const int MinShort = 4;

    /// <summary>Whether it is encrypted by its own samples: one that is long enough to be judged alone, or several short ones.</summary>
    public bool IsEncrypted => Verdict == PayloadVerdict.Encrypted;

    /// <summary>Judges the samples of a direction, in any order.</summary>
    /// <param name="samples">The samples, judged under the shipped threshold; those of less than 32 bytes only by name.</param>
    /// <param name="threshold">Score, 0–8, from which a sample is random-looking.</param>
    public static DirectionEvidence Of(ReadOnlySpan<SampleFact> samples, double threshold)
    {
        int minimum = (int)Math.Round(threshold * SampleFact.Units);
        int sampled = 0, lowest = int.MaxValue, xor = 0, ecb = 0;
        (int For, int Against) longVotes = default, shortVotes = default;
        bool named = false;
        AccumulatedEvidence sum = default;
        CarriedEvidence carried = CarriedEvidence.None;
        PayloadVerdict other = PayloadVerdict.Insufficient;
        foreach (SampleFact sample in samples)
        {
            if (sample.Cover != BodyCover.None)
            {
                carried = carried.Add(sample, minimum);
                continue;
            }

            xor = Math.Max(xor, sample.XorKeyLength);
            ecb = Math.Max(ecb, sample.EcbRepeats);
            named |= sample.Verdict == PayloadVerdict.Protocol;
            bool passes = Passes(sample, minimum);
            other = passes || sample.Verdict == PayloadVerdict.Encrypted ? other : Clearer(other, sample.Verdict);
            if (sample.Sampled < SampleLengths.Accumulate || sample.Score < 0)
            {
                continue;
            }

            sampled += sample.Sampled;
            ref (int For, int Against) votes = ref sample.Sampled >= SampleLengths.Verdict ? ref longVotes : ref shortVotes;
            votes = passes ? (votes.For + 1, votes.Against) : (votes.For, votes.Against + 1);
            sum = passes ? sum.Add(sample) : sum;
            lowest = passes ? Math.Min(lowest, sample.Score) : lowest;
        }

        // Samples too short to be judged alone do not count against those that are not: headers travel in datagrams of their own.
        bool isLong = longVotes != default;
        (int passed, int failed) = isLong ? longVotes : shortVotes;
        bool isRandom = passed > 0 && passed >= failed;
        bool speaks = isLong || passed >= MinShort;
        PayloadVerdict verdict = named ? PayloadVerdict.Protocol
            : xor > 0 ? PayloadVerdict.Xor
            : ecb > 0 ? PayloadVerdict.Encrypted
            : !isRandom ? other
            : sum.IsCompressed ? PayloadVerdict.Compressed
            : !speaks ? PayloadVerdict.Insufficient
            : sum.IsRandom(threshold) ? PayloadVerdict.Encrypted
            : PayloadVerdict.Binary;
        return new(verdict, isRandom, sampled, sum, lowest, xor, ecb, carried);
    }

    /// <summary>Whether one sample looks random. Under the shipped threshold, bytes that the shipped verdict calls binary may.</summary>
    private static bool Passes(in SampleFact sample, int minimum)
    {
        int shipped = (int)Math.Round(LengthCorrected.DefaultThreshold * SampleFact.Units);
        return sample.Sampled >= SampleLengths.Accumulate && sample.Score >= minimum && (sample.Verdict == PayloadVerdict.Encrypted
            || (sample.Sampled < SampleLengths.Verdict && sample.Verdict == PayloadVerdict.Insufficient)
            || (minimum < shipped && sample.Score < shipped && sample.Verdict == PayloadVerdict.Binary));
    }

    /// <summary>Of two verdicts on bytes that are not random, the same one whichever came first.</summary>
    private static PayloadVerdict Clearer(PayloadVerdict left, PayloadVerdict right) => Rank(left) <= Rank(right) ? left : right;

    private static int Rank(PayloadVerdict verdict) => verdict switch
    {
        PayloadVerdict.Encoded => 0,
        PayloadVerdict.Text => 1,
        PayloadVerdict.Binary => 2,
        PayloadVerdict.Compressed => 3,
        _ => 4,
    };
}
