namespace CipherWatch.Core.Randomness;

/// <summary>
/// What a payload sample is judged to be. Printed in lower case, under the same names everywhere.
/// </summary>
public enum PayloadVerdict
{
    /// <summary>Too short, or too little known, to say anything.</summary>
    Insufficient,

    /// <summary>Indistinguishable from uniform random bytes, and no protocol or container is recognised.</summary>
    Encrypted,

    /// <summary>A known container, or bit statistics that ciphertext does not have.</summary>
    Compressed,

    /// <summary>Base64, base32 or hexadecimal; what it decodes to is scored too.</summary>
    Encoded,

    /// <summary>Text or code under a short repeating XOR key.</summary>
    Xor,

    /// <summary>Readable text (ASCII, UTF-8 or UTF-16).</summary>
    Text,

    /// <summary>Structured bytes that are neither text nor random.</summary>
    Binary,

    /// <summary>A protocol named by its first bytes, encrypted or not.</summary>
    Protocol,
}
