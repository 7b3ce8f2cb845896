namespace CipherWatch.Core.Randomness;

/// <summary>Lengths, in bytes, at which more may be said of a sample.</summary>
public static class SampleLengths
{
    /// <summary>
    /// Below this nothing is said from statistics: base64, protobuf and text reach the entropy of random bytes
    /// in 25, 30 and 0.1 % of samples at 32 B, and in most at 16 B.
    /// </summary>
    public const int Accumulate = 32;

    /// <summary>
    /// From here one sample may be called random-looking: text, JSON, HTTP and base64 pass as random in 0 % of
    /// samples at 64 B, at a threshold that loses 1 % of ciphertext.
    /// </summary>
    public const int Verdict = 64;

    /// <summary>
    /// Bytes of one sample that are scored. Flows rarely change character later, and histogram counts stay
    /// far from overflow.
    /// </summary>
    public const int MaxScored = 1 << 20;
}
