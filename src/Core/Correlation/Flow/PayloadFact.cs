using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Accumulation;

namespace CipherWatch.Core.Correlation.Flow;

/// <summary>One payload sample, as much of its judgement as decides anything. Scores are fixed point, so that sums are exact.</summary>
public readonly record struct PayloadFact : IMergeable<PayloadFact>
{
    /// <summary>Which sample.</summary>
    public required ulong SampleId { get; init; }

    /// <summary>Which way it went: the flow's first end speaks, its second, or it is not said.</summary>
    public required FlowEnd Speaker { get; init; }

    /// <summary>Bytes scored.</summary>
    public required int Sampled { get; init; }

    /// <summary>The judgement of this sample alone.</summary>
    public required PayloadVerdict Verdict { get; init; }

    /// <summary>Length-corrected score in 1/<see cref="SampleFact.Units"/>; −1 where there is none.</summary>
    public required int Score { get; init; }

    /// <summary>Deviation from uniform in 1/<see cref="SampleFact.Units"/>.</summary>
    public required int Z { get; init; }

    /// <summary>Evidence of compression in 1/<see cref="SampleFact.Units"/>; 0 where it was not computed.</summary>
    public int CompressionZ { get; init; }

    /// <summary>Key length of a repeating XOR; 0 where none was found.</summary>
    public int XorKeyLength { get; init; }

    /// <summary>Repeated cipher blocks.</summary>
    public int EcbRepeats { get; init; }

    /// <summary>What the message around it says of it, where it is a body that a recognised protocol carries.</summary>
    public BodyCover Cover { get; init; }

    /// <summary>The first observation of it, for the evidence.</summary>
    public required ObservationId Observation { get; init; }

    /// <summary>The sample as what it adds to its flow.</summary>
    public SampleFact Sample => new(Sampled, Verdict, Score, Z, CompressionZ, XorKeyLength, EcbRepeats, Cover);

    /// <summary>The same sample reported twice, by two sensors say: one report is kept, the same one in any order.</summary>
    public PayloadFact Merge(PayloadFact other) => Observation <= other.Observation ? this : other;
}

/// <summary>An end of a flow, in the order of its key.</summary>
public enum FlowEnd
{
    /// <summary>Not said.</summary>
    Unknown,

    /// <summary>The end that orders first in the flow's key.</summary>
    First,

    /// <summary>The end that orders second.</summary>
    Second,

    /// <summary>The end that opened the flow, of which the sample names neither.</summary>
    Initiator,

    /// <summary>The end that answered.</summary>
    Responder,
}
