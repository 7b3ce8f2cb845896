namespace CipherWatch.Core.Randomness.Structure;

/// <summary>A reading of a sample as plaintext under a repeating XOR key.</summary>
public readonly record struct XorReading
{
    /// <summary>No key: no length's columns coincide.</summary>
    public static readonly XorReading None = new() { Evidence = double.NegativeInfinity };

    /// <summary>Key length in bytes, 0 when there is no reading.</summary>
    public int KeyLength { get; init; }

    /// <summary>
    /// Log-likelihood over uniform bytes in nats, less k·ln 256 for the key and less what the bytes have without a key, as
    /// text or as program code.
    /// </summary>
    public double Evidence { get; init; }

    /// <summary>Evidence a byte, in nats, that the bytes as they are are text.</summary>
    public double RawText { get; init; }

    /// <summary>Evidence a byte, in nats, that the bytes as they are are program code.</summary>
    public double RawBinary { get; init; }

    /// <summary>Share of printable bytes as they are.</summary>
    public double RawPrintable { get; init; }

    /// <summary>Share of zero bytes as they are.</summary>
    public double RawZeros { get; init; }

    /// <summary>Share of printable bytes after decryption.</summary>
    public double Printable { get; init; }

    /// <summary>Share of zero bytes after decryption.</summary>
    public double Zeros { get; init; }

    /// <summary>Share of zero bytes after decryption that follow a zero byte.</summary>
    public double ZeroPairs { get; init; }

    /// <summary>Share of the key's columns that hold one byte nearly throughout, as a table's do.</summary>
    public double ConstantColumns { get; init; }

    /// <summary>
    /// Share of the bytes that are not the commonest of their column. Where most are, a table or an indented document, the
    /// commonest byte of each column chose the key, and these are what speaks for it.
    /// </summary>
    public double Others { get; init; }

    /// <summary>Evidence a byte, in nats, that those bytes are this kind of plaintext after decryption; 0 without any.</summary>
    public double OthersEvidence { get; init; }

    /// <summary>Share of bytes after decryption that are base64.</summary>
    public double Base64 { get; init; }

    /// <summary>What it was read as.</summary>
    public XorPlaintext Plaintext { get; init; }

    /// <summary>Whether the key only flips letter case and spaces (0x20), or does nothing.</summary>
    public bool KeyIsCaseOnly { get; init; }
}
