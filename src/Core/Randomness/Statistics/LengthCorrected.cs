namespace CipherWatch.Core.Randomness.Statistics;

/// <summary>
/// The scale every threshold in the settings is on: 8 is what uniform random bytes score on average, whatever
/// the sample's length.
/// </summary>
public static class LengthCorrected
{
    /// <summary>Score of a sample whose entropy is what is expected of random bytes.</summary>
    public const double Top = 8;

    /// <summary>Score per standard deviation: 0.8 of score are the 2.5 deviations that lose 1 % of ciphertext.</summary>
    public const double PerDeviation = 0.32;

    /// <summary>Default <c>EntropyThreshold</c>: z = −2.5.</summary>
    public const double DefaultThreshold = 7.2;

    /// <summary>clamp(8 + 0.32·z, 0, 8).</summary>
    /// <param name="z">Standard deviations above (below: negative) the expected entropy.</param>
    public static double FromZ(double z) => Math.Clamp(Top + (PerDeviation * z), 0, Top);

    /// <summary>z of a threshold on the scale: what a sample, or a sum of samples, must hold against it.</summary>
    public static double ToZ(double threshold) => (threshold - Top) / PerDeviation;

    /// <summary>z of a plug-in entropy at a length; null under 2 bytes, where entropy cannot vary.</summary>
    /// <param name="entropy">Bits per byte.</param>
    /// <param name="length">Sample length in bytes.</param>
    public static double? Z(double entropy, int length)
    {
        if (length < 2)
        {
            return null;
        }

        (double mean, double deviation) = UniformEntropy.Moments(length);
        return (entropy - mean) / deviation;
    }
}
