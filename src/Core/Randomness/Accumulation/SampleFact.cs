namespace CipherWatch.Core.Randomness.Accumulation;

/// <summary>
/// What one sample adds to a flow direction or a process: small, and in integers, so that sums do not depend on order.
/// </summary>
/// <param name="Id">Hash of what the sample is (flow, direction, place, bytes): the same sample has the same id.</param>
/// <param name="Sampled">Bytes scored.</param>
/// <param name="EntropyZ">Entropy z, clipped, in 1/<see cref="Units"/>.</param>
/// <param name="CompressionZ">Compression evidence, clipped, in 1/<see cref="Units"/>; 0 where it was not computed.</param>
/// <param name="Verdict">The sample's own verdict.</param>
public readonly record struct SampleFact(ulong Id, int Sampled, int EntropyZ, int CompressionZ, PayloadVerdict Verdict)
    : IComparable<SampleFact>
{
    /// <summary>Steps per standard deviation.</summary>
    public const int Units = 1024;

    /// <summary>
    /// A z counts as at least −5 and at most 8: it costs nothing in accuracy and keeps one odd sample, such as a file's
    /// header, from deciding for a process.
    /// </summary>
    public const double LowestZ = -5;

    /// <summary>Upper end of the same clipping.</summary>
    public const double HighestZ = 8;

    /// <summary>Makes the fact of a scored sample.</summary>
    /// <param name="id">Identity of the sample.</param>
    /// <param name="score">Its judgement.</param>
    public static SampleFact Of(ulong id, PayloadScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return new SampleFact(id, score.Sampled, Fixed(score.Z ?? 0), Fixed(score.CompressionZ ?? 0), score.Verdict);
    }

    /// <summary>Order by id; the other fields only settle which of two facts of one id is kept.</summary>
    public int CompareTo(SampleFact other) =>
        (Id, Sampled, EntropyZ, CompressionZ, Verdict).CompareTo(
            (other.Id, other.Sampled, other.EntropyZ, other.CompressionZ, other.Verdict));

    /// <summary>Whether this sorts before the other.</summary>
    public static bool operator <(SampleFact left, SampleFact right) => left.CompareTo(right) < 0;

    /// <summary>Whether this sorts after the other.</summary>
    public static bool operator >(SampleFact left, SampleFact right) => left.CompareTo(right) > 0;

    /// <summary>Whether this sorts before or is the other.</summary>
    public static bool operator <=(SampleFact left, SampleFact right) => left.CompareTo(right) <= 0;

    /// <summary>Whether this sorts after or is the other.</summary>
    public static bool operator >=(SampleFact left, SampleFact right) => left.CompareTo(right) >= 0;

    private static int Fixed(double z) => (int)Math.Round(Math.Clamp(z, LowestZ, HighestZ) * Units);
}
