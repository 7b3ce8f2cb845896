namespace CipherWatch.Core.Randomness;

/// <summary>
/// What is known about a sample beside its bytes. The default value means: start seen, nothing else known.
/// </summary>
public readonly record struct PayloadContext
{
    /// <summary>
    /// True when the sample does not begin where the stream or datagram began. First bytes then name only
    /// formats that restart within a stream, such as TLS records.
    /// </summary>
    public bool StartUnseen { get; init; }

    /// <summary>What carried the payload.</summary>
    public Transport Transport { get; init; }

    /// <summary>Source port, 0 when unknown.</summary>
    public int SourcePort { get; init; }

    /// <summary>Destination port, 0 when unknown.</summary>
    public int DestinationPort { get; init; }

    /// <summary>Length in bytes of the payload the sample was cut from, 0 when it is the sample's own length.</summary>
    public int PayloadLength { get; init; }

    /// <summary>Whether either port is <paramref name="port"/>.</summary>
    public bool HasPort(int port) => SourcePort == port || DestinationPort == port;
}
