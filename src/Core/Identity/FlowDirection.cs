namespace CipherWatch.Core.Identity;

/// <summary>Who opened a connection, seen from the host the observation belongs to.</summary>
public enum FlowDirection
{
    /// <summary>The host is neither end, or its addresses are not known.</summary>
    Unknown,

    /// <summary>The host is the source (the initiator).</summary>
    Outbound,

    /// <summary>The host is the destination.</summary>
    Inbound,
}
