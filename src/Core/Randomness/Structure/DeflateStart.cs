namespace CipherWatch.Core.Randomness.Structure;

/// <summary>What a raw deflate stream begins with.</summary>
public enum DeflateStart
{
    /// <summary>Not a deflate stream.</summary>
    None,

    /// <summary>A stored block with its length and complement.</summary>
    Stored,

    /// <summary>A block with fixed codes, which random bytes could be as well.</summary>
    Fixed,

    /// <summary>A block whose own codes are complete: 2⁻¹⁵ of random bytes would pass.</summary>
    Dynamic,

    /// <summary>A dynamic block that is cut off inside its header.</summary>
    CutOff,
}
