namespace CipherWatch.Core.Randomness;

/// <summary>What the message around a body says of it, where the bytes are a body that a recognised protocol carries.</summary>
public enum BodyCover
{
    /// <summary>The bytes are no body: nothing is around them.</summary>
    None,

    /// <summary>Type or encoding says why it may look random: media, a part of a file, a coding without a magic.</summary>
    Explained,

    /// <summary>Nothing is said of the body, or that it is bytes of some kind.</summary>
    Unexplained,

    /// <summary>It is said to be text, or of a kind that shows a magic at its start, and is not.</summary>
    Contradicted,
}
