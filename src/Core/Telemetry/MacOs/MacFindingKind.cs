namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>What an entry's message says, told by its first line.</summary>
internal enum MacFindingKind : byte
{
    /// <summary>Nothing of use: by far most entries.</summary>
    Nothing,

    /// <summary>Network.framework starts a connection.</summary>
    Start,

    /// <summary>A connection of Network.framework reached an address.</summary>
    Reached,

    /// <summary>A connection of Network.framework ended: its sums follow on further lines.</summary>
    Close,

    /// <summary>The TLS library says that keys were exchanged.</summary>
    Secured,

    /// <summary>The kernel tells of a TCP socket, whoever uses it; its numbers follow on further lines.</summary>
    Socket,

    /// <summary>launchd started a job.</summary>
    Spawn,

    /// <summary>A process or an agent records the use of a cipher.</summary>
    Cipher,
}
