namespace CipherWatch.Core.Randomness.Encodings;

/// <summary>The messages of one direction of a protocol that carries what its users like, one after the other.</summary>
internal interface IMessages
{
    /// <summary>What the message says of its body.</summary>
    BodyCover Cover { get; }

    /// <summary>What it carries; empty where that is nothing.</summary>
    byte[] Body { get; }

    /// <summary>Goes to the next message; false where the sample holds no further one.</summary>
    bool Next();
}
