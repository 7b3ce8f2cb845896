namespace CipherWatch.Core.Telemetry;

/// <summary>What an observation says happened. Written in camelCase wherever it is shown.</summary>
public enum ObservationKind
{
    /// <summary>A process was created.</summary>
    ProcessStart,

    /// <summary>A process ended.</summary>
    ProcessEnd,

    /// <summary>A process mapped a library (or its own image).</summary>
    ModuleLoad,

    /// <summary>A process called a symmetric cipher, by its own log.</summary>
    CryptoUse,

    /// <summary>A process opened or accepted a connection, as its host saw it.</summary>
    Connection,

    /// <summary>Counters and handshake of a flow, as the network saw it.</summary>
    Flow,

    /// <summary>Bytes of a flow, or what is known of their distribution.</summary>
    Payload,

    /// <summary>A process resolved a name.</summary>
    Dns,

    /// <summary>A process started a thread in another.</summary>
    Injection,

    /// <summary>A process waits for connections on a port.</summary>
    Listen,
}

/// <summary>The platform whose analytic an observation feeds.</summary>
public enum TelemetryPlatform
{
    /// <summary>Windows hosts (AN0400).</summary>
    Windows,

    /// <summary>Linux hosts (AN0401).</summary>
    Linux,

    /// <summary>macOS hosts (AN0402).</summary>
    MacOs,

    /// <summary>VMware ESXi hosts (AN0403).</summary>
    Esxi,

    /// <summary>Network sensors and flow exporters (AN0404).</summary>
    Network,
}

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
