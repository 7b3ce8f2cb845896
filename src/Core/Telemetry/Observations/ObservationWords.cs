namespace CipherWatch.Core.Telemetry.Observations;

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
        _ => "injection",
    };
}
