using CipherWatch.Core.Randomness.Accumulation;
using CipherWatch.Core.Randomness.Statistics;

namespace CipherWatch.Core.Randomness.Flow;

/// <summary>
/// What the bodies say that a recognised protocol carries, in one direction or both. The protocol's frame explains the flow, never
/// its bodies; and nothing else that the flow shows cancels one.
/// </summary>
/// <param name="Bodies">Samples of bodies that look random and that nothing around them explains.</param>
/// <param name="Encoded">Those among them that are ciphertext written in letters.</param>
/// <param name="Contradicted">Those among them that are said to be something they are not.</param>
/// <param name="Random">They, summed.</param>
/// <param name="LowestScore">Lowest score among them, in 1/<see cref="SampleFact.Units"/>.</param>
/// <param name="XorKeyLength">Key length of a repeating XOR over a body; 0 where none was found.</param>
public readonly record struct CarriedEvidence(
    int Bodies, int Encoded, int Contradicted, AccumulatedEvidence Random, int LowestScore, int XorKeyLength)
{
    /// <summary>No body.</summary>
    public static readonly CarriedEvidence None = new(0, 0, 0, default, int.MaxValue, 0);

    /// <summary>Adds a sample, if it is such a body.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="minimum">Score from which it is random-looking, in 1/<see cref="SampleFact.Units"/>.</param>
    public CarriedEvidence Add(in SampleFact sample, int minimum)
    {
        if (sample.Cover is not (BodyCover.Unexplained or BodyCover.Contradicted) || sample.Sampled < SampleLengths.Verdict)
        {
            return this;
        }

        int shipped = (int)Math.Round(LengthCorrected.DefaultThreshold * SampleFact.Units);
        bool random = sample.Score >= minimum && (sample.Verdict is PayloadVerdict.Encrypted or PayloadVerdict.Encoded
            || (minimum < shipped && sample.Score < shipped && sample.Verdict == PayloadVerdict.Binary));
        return new(
            Bodies + (random ? 1 : 0),
            Encoded + (random && sample.Verdict == PayloadVerdict.Encoded ? 1 : 0),
            Contradicted + (random && sample.Verdict != PayloadVerdict.Encoded && sample.Cover == BodyCover.Contradicted ? 1 : 0),
            random ? Random.Add(sample) : Random,
            random ? Math.Min(LowestScore, sample.Score) : LowestScore,
            Math.Max(XorKeyLength, sample.XorKeyLength));
    }

    /// <summary>Adds what another direction says.</summary>
    public CarriedEvidence Add(in CarriedEvidence other) => new(
        Bodies + other.Bodies, Encoded + other.Encoded, Contradicted + other.Contradicted, Random.Add(other.Random),
        Math.Min(LowestScore, other.LowestScore), Math.Max(XorKeyLength, other.XorKeyLength));

    /// <summary>Whether the bodies together are random.</summary>
    /// <param name="threshold">Score, 0–8, from which one sample is random-looking.</param>
    public bool IsRandom(double threshold) => Bodies > 0 && Random.IsRandom(threshold);
}
