namespace CipherWatch.Core.Randomness;

/// <summary>When an XOR reading is a finding. Plain text, UTF-16, tables and programs read well under trivial keys too.</summary>
internal static class XorRule
{
    /// <summary>Shortest sample: with fewer bytes one-byte keys already cost a third of the evidence.</summary>
    public const int Shortest = 64;

    /// <summary>Least evidence in nats. Ciphertext reads at about −145 and compressed data at −5 at most.</summary>
    private const double LeastEvidence = 6;

    /// <summary>Least evidence per byte read, for text.</summary>
    private const double TextEvidencePerByte = 0.45;

    /// <summary>Least evidence per byte read, for program code.</summary>
    private const double BinaryEvidencePerByte = 0.6;

    /// <summary>Least printable share after decryption, for text.</summary>
    private const double LeastPrintable = 0.95;

    /// <summary>Least zero share after decryption, for program code, whose commonest byte is zero.</summary>
    private const double LeastZeros = 0.2;

    /// <summary>Most zero bytes before it: a plain program shows its zeros.</summary>
    private const double MostRawZeros = 0.02;

    /// <summary>Printable and zero bytes together above which the raw sample is plain: text, tables of strings.</summary>
    private const double MostPlain = 0.75;

    /// <summary>
    /// Least entropy of the raw sample, bits per byte: silence and fill read as text under the one key that makes their
    /// commonest byte a space, while text of 64 B and more has 3.9.
    /// </summary>
    private const double LeastEntropy = 3.2;

    /// <summary>Whether the reading is a finding.</summary>
    /// <param name="reading">The best reading.</param>
    /// <param name="length">Bytes read.</param>
    /// <param name="rawZeros">Share of zero bytes in the sample.</param>
    public static bool IsFinding(XorReading reading, int length, double rawZeros)
    {
        if (reading.KeyLength == 0 || reading.KeyIsCaseOnly || reading.Evidence < LeastEvidence)
        {
            return false;
        }

        var perByte = reading.Evidence / length;
        return reading.IsText
            ? perByte > TextEvidencePerByte && reading.Printable >= LeastPrintable
            : perByte > BinaryEvidencePerByte && reading.Zeros >= LeastZeros && rawZeros < MostRawZeros;
    }

    /// <summary>Whether the sample may be read at all.</summary>
    /// <param name="score">What is known of it.</param>
    /// <param name="rawZeros">Share of zero bytes in the sample.</param>
    public static bool MayRead(PayloadScore score, double rawZeros) =>
        score.Sampled >= Shortest && score.Entropy >= LeastEntropy && score.PrintableShare + rawZeros <= MostPlain;
}
