namespace CipherWatch.Core.Randomness;

/// <summary>
/// Thresholds of the tests that together make the verdict "encrypted". Each loses some ciphertext; they are set so that
/// all together, the score's 1.2 % included, lose less than 2 % at every length from 64 B up. The calibration program
/// measures each and the sum.
/// </summary>
internal static class JointThresholds
{
    /// <summary>
    /// Compression evidence above which a sample is called compressed. Ciphertext exceeds it in about 0.5 %, of which
    /// part also fails the score.
    /// </summary>
    public const double Compression = 3.4;

    /// <summary>
    /// Bit-position chi-square (8 degrees of freedom) above which bytes are not random however even their histogram:
    /// P(χ²₈ &gt; 30) = 0.02 %.
    /// </summary>
    public const double BitPositions = 30;

    /// <summary>
    /// Chi-square, in deviations, below which a histogram is more even than chance makes it: P is under 10⁻⁷, and counters
    /// have −11.
    /// </summary>
    public const double EvenChiSquareZ = -5;

    /// <summary>
    /// Longest run of printable bytes in a random-looking sample; each byte of ciphertext continues one with probability
    /// 98/256, so 24 in a row are 10⁻¹⁰ a place.
    /// </summary>
    public const int PrintableRun = 24;
}
