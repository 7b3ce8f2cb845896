namespace CipherWatch.Core.Randomness;

/// <summary>The best reading of a sample as plaintext under a repeating XOR key.</summary>
/// <param name="KeyLength">Key length in bytes, 0 when there is no reading.</param>
/// <param name="Evidence">Log-likelihood over uniform bytes in nats, less k·ln 256 for the key and less what the raw bytes have.</param>
/// <param name="Printable">Share of printable bytes after decryption.</param>
/// <param name="Zeros">Share of zero bytes after decryption.</param>
/// <param name="IsText">Whether the text model read it better than the binary one.</param>
/// <param name="KeyIsCaseOnly">Whether the key only flips letter case and spaces (0x20), or does nothing.</param>
public readonly record struct XorReading(
    int KeyLength, double Evidence, double Printable, double Zeros, bool IsText, bool KeyIsCaseOnly);
