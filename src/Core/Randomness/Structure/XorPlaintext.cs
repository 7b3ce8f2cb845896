namespace CipherWatch.Core.Randomness.Structure;

/// <summary>Kinds of plaintext that a repeating key is read for.</summary>
public enum XorPlaintext
{
    /// <summary>Prose, markup, JSON, scripts.</summary>
    Text,

    /// <summary>Base64, that of UTF-16 above all: what PowerShell takes as an encoded command.</summary>
    Base64,

    /// <summary>Program code.</summary>
    Code,
}
