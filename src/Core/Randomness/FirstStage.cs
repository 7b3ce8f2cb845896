using System.Runtime.CompilerServices;
using CipherWatch.Core.Randomness.Recognition;
using CipherWatch.Core.Randomness.Statistics;

namespace CipherWatch.Core.Randomness;

/// <summary>What the first, cheap look at a sample leaves to be done.</summary>
public enum FirstStageOutcome
{
    /// <summary>No bytes, or under <see cref="SampleLengths.Accumulate"/> and no known first bytes.</summary>
    TooShort,

    /// <summary>First bytes name a protocol, container or file.</summary>
    Recognised,

    /// <summary>Entropy is that of random bytes: the structural tests decide.</summary>
    RandomLooking,

    /// <summary>Almost all printable.</summary>
    Printable,

    /// <summary>Anything else.</summary>
    Structured,
}

/// <summary>
/// First-stage verdict: one histogram pass, its entropy by table, the printable share and the first bytes.
/// Allocates nothing.
/// </summary>
/// <param name="Outcome">What was seen.</param>
/// <param name="Sampled">Bytes scored.</param>
/// <param name="Printable">Printable bytes among them.</param>
/// <param name="Entropy">Plug-in entropy, bits per byte.</param>
/// <param name="ExpectedEntropy">Its mean for random bytes of this length.</param>
/// <param name="Z">Deviations from that mean; 0 under two bytes.</param>
public readonly record struct FirstStage(
    FirstStageOutcome Outcome, int Sampled, int Printable, double Entropy, double ExpectedEntropy, double Z)
{
    /// <summary>
    /// From this printable share on a sample is text before anything else is asked. Random bytes are 38 % printable; 85 %
    /// is also where a repeating-key XOR test would start to name plain text.
    /// </summary>
    public const double PrintableShare = 0.85;

    /// <summary>The length-corrected score, 0–8.</summary>
    public double Score => LengthCorrected.FromZ(Z);

    /// <summary>Takes the first look.</summary>
    /// <param name="sample">The bytes.</param>
    /// <param name="context">What else is known of them.</param>
    /// <param name="threshold">Score from which a sample is random-looking.</param>
    [SkipLocalsInit]
    public static FirstStage Judge(
        ReadOnlySpan<byte> sample, in PayloadContext context = default, double threshold = LengthCorrected.DefaultThreshold)
    {
        Span<uint> counts = stackalloc uint[ByteHistogram.Cells];
        return Judge(sample, context, threshold, counts, out _);
    }

    /// <summary>The same, leaving the histogram and the matching row to later stages.</summary>
    internal static FirstStage Judge(
        ReadOnlySpan<byte> sample, in PayloadContext context, double threshold, Span<uint> counts, out Signature? named)
    {
        counts.Clear();
        named = FirstBytes.Recognise(sample, context);
        if (sample.IsEmpty)
        {
            return default;
        }

        ByteHistogram.Count(sample, counts);
        int printable = (int)PrintableBytes.Count(counts);
        double entropy = PluginEntropy.Of(counts, sample.Length);
        (double mean, double deviation) = UniformEntropy.Moments(sample.Length);
        double z = deviation > 0 ? (entropy - mean) / deviation : 0;
        FirstStageOutcome outcome = named is not null ? FirstStageOutcome.Recognised
            : sample.Length < SampleLengths.Accumulate ? FirstStageOutcome.TooShort
            : printable >= PrintableShare * sample.Length ? FirstStageOutcome.Printable
            : LengthCorrected.FromZ(z) >= threshold ? FirstStageOutcome.RandomLooking
            : FirstStageOutcome.Structured;
        return new FirstStage(outcome, sample.Length, printable, entropy, mean, z);
    }
}
