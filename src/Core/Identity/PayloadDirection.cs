namespace CipherWatch.Core.Identity;

/// <summary>Which way payload bytes went within a flow.</summary>
public enum PayloadDirection
{
    /// <summary>Not said by the source.</summary>
    Unknown,

    /// <summary>From the initiator (src) to the responder (dst).</summary>
    Out,

    /// <summary>From the responder (dst) to the initiator (src).</summary>
    In,
}
