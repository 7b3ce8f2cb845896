namespace CipherWatch.Core.Identity;

/// <summary>What is known of the key exchange of a flow. Ordered by how much was seen: merging keeps the largest.</summary>
public enum Handshake
{
    /// <summary>Nothing is known: the source does not say.</summary>
    Unknown = 0,

    /// <summary>The start of the flow was not captured, so absence proves nothing.</summary>
    Unseen = 1,

    /// <summary>The start was captured and holds no key exchange.</summary>
    None = 2,

    /// <summary>A client offered a key exchange; no answer was seen.</summary>
    Hello = 3,

    /// <summary>A known key was resumed without a full exchange.</summary>
    Resumed = 4,

    /// <summary>Keys were exchanged.</summary>
    Established = 5,
}
