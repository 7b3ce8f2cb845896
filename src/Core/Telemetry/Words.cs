using CipherWatch.Core.Detection;
using CipherWatch.Core.Randomness;

namespace CipherWatch.Core.Telemetry;

/// <summary>The words that enumerations are shown by, in JSON and on screen.</summary>
public static class Words
{
    /// <summary>The word for a kind of observation.</summary>
    public static string Of(ObservationKind kind) => kind switch
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

    /// <summary>The word for a platform.</summary>
    public static string Of(TelemetryPlatform platform) => platform switch
    {
        TelemetryPlatform.Windows => "windows",
        TelemetryPlatform.Linux => "linux",
        TelemetryPlatform.MacOs => "macos",
        TelemetryPlatform.Esxi => "esxi",
        _ => "network",
    };

    /// <summary>The word for a handshake state; null where nothing is known.</summary>
    public static string? Of(Handshake handshake) => handshake switch
    {
        Handshake.Unseen => "unseen",
        Handshake.None => "none",
        Handshake.Hello => "hello",
        Handshake.Resumed => "resumed",
        Handshake.Established => "established",
        _ => null,
    };

    /// <summary>The word for a flow's direction.</summary>
    public static string Of(FlowDirection direction) => direction switch
    {
        FlowDirection.Outbound => "outbound",
        FlowDirection.Inbound => "inbound",
        _ => "unknown",
    };

    /// <summary>The word for a payload's direction; null where the source does not say.</summary>
    public static string? Of(PayloadDirection direction) => direction switch
    {
        PayloadDirection.Out => "out",
        PayloadDirection.In => "in",
        _ => null,
    };

    /// <summary>The word for a payload verdict.</summary>
    public static string Of(PayloadVerdict verdict) => verdict switch
    {
        PayloadVerdict.Encrypted => "encrypted",
        PayloadVerdict.Compressed => "compressed",
        PayloadVerdict.Encoded => "encoded",
        PayloadVerdict.Xor => "xor",
        PayloadVerdict.Text => "text",
        PayloadVerdict.Binary => "binary",
        PayloadVerdict.Protocol => "protocol",
        _ => "insufficient",
    };

    /// <summary>The word for a severity.</summary>
    public static string Of(Severity severity) => severity switch
    {
        Severity.High => "high",
        Severity.Medium => "medium",
        _ => "low",
    };
}
