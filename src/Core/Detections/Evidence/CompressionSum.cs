namespace CipherWatch.Core.Detections.Evidence;

/// <summary>Compression evidence summed.</summary>
/// <param name="Samples">How many samples.</param>
/// <param name="Z">Sum of their evidence, fixed point.</param>
internal readonly record struct CompressionSum(int Samples, long Z)
{
    /// <summary>Adds another sum.</summary>
    public CompressionSum Add(in CompressionSum other) => new(Samples + other.Samples, Z + other.Z);
}
