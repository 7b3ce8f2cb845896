namespace CipherWatch.Core.Telemetry.Observations;

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

/// <summary>The words that kinds of observation are shown by, in JSON and on screen.</summary>
public static class ObservationWords
{
    /// <summary>The word for a kind of observation.</summary>
    public static string Word(this ObservationKind kind) => kind switch
    {
        ObservationKind.ProcessStart => "processStart",
        ObservationKind.ProcessEnd => "processEnd",
        ObservationKind.ModuleLoad => "moduleLoad",
        ObservationKind.CryptoUse => "cryptoUse",
        ObservationKind.Connection => "connection",
        ObservationKind.Flow => "flow",
        ObservationKind.Payload => "payload",
        ObservationKind.Dns => "dns",
        ObservationKind.Listen => "listen",
        _ => "injection",
    };
}
