using CipherWatch.Core.Randomness.Statistics;

namespace CipherWatch.Core.Randomness.Structure;

/// <summary>
/// How much a random-looking sample resembles compressed data rather than ciphertext, in standard deviations of
/// ciphertext: a weighted sum of bit-window collisions, bit balance and bit autocorrelation.
/// </summary>
/// <remarks>
/// The weights are those of a logistic regression over fragments of the compressors' even-numbered streams at 512, 1,460
/// and 8,192 B together, rounded; the calibration program fits them anew and prints them. Mean and deviation are those of
/// ciphertext and hardly move with length, since every part is standardised.
/// </remarks>
public static class CompressionEvidence
{
    private const double FourWeight = 0.4;
    private const double SixteenWeight = 0.4;
    private const double LargerWeight = 0.4;

    /// <summary>Weight of the lack of ones: codes are handed out from zero up, so that compressed data has more zeros.</summary>
    private const double ZerosWeight = 0.6;

    private const double AutocorrelationWeight = 0.35;

    /// <summary>Each part is clipped here, so that one wild statistic does not speak for all.</summary>
    private const double MinPart = -4;

    /// <summary>Upper end of the same clipping.</summary>
    private const double MaxPart = 8;

    /// <summary>Mean of the weighted sum over ciphertext.</summary>
    private const double CiphertextMean = 0.437;

    /// <summary>Deviation of the weighted sum over ciphertext.</summary>
    private const double CiphertextDeviation = 1.04;

    /// <summary>The evidence; ciphertext has mean 0 and deviation 1.</summary>
    /// <param name="sample">The bytes.</param>
    /// <param name="balanceZ">Bit balance of the same bytes, <see cref="BitStatistics.BalanceZ"/>.</param>
    public static double Z(ReadOnlySpan<byte> sample, double balanceZ) =>
        Z(BitWindows.Of(sample), balanceZ, BitAutocorrelation.Z(sample));

    /// <summary>The evidence from its parts.</summary>
    public static double Z(BitWindows windows, double balanceZ, double autocorrelationZ) =>
        ((FourWeight * Part(windows.Four))
            + (SixteenWeight * Part(windows.Sixteen))
            + (LargerWeight * Part(windows.Larger))
            + (ZerosWeight * Part(Math.Max(0, -balanceZ)))
            + (AutocorrelationWeight * Part(autocorrelationZ))
            - CiphertextMean) / CiphertextDeviation;

    private static double Part(double z) => Math.Clamp(z, MinPart, MaxPart);
}
