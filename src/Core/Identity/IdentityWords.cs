namespace CipherWatch.Core.Identity;

/// <summary>The words that the enumerations of identity are shown by, in JSON and on screen.</summary>
public static class IdentityWords
{
    /// <summary>The word for a platform.</summary>
    public static string Word(this TelemetryPlatform platform) => platform switch
    {
        TelemetryPlatform.Windows => "windows",
        TelemetryPlatform.Linux => "linux",
        TelemetryPlatform.MacOs => "macos",
        TelemetryPlatform.Esxi => "esxi",
        _ => "network",
    };

    /// <summary>The word for a handshake state; null where nothing is known.</summary>
    public static string? Word(this Handshake handshake) => handshake switch
    {
        Handshake.Unseen => "unseen",
        Handshake.None => "none",
        Handshake.Hello => "hello",
        Handshake.Resumed => "resumed",
        Handshake.Established => "established",
        _ => null,
    };

    /// <summary>The word for a flow's direction.</summary>
    public static string Word(this FlowDirection direction) => direction switch
    {
        FlowDirection.Outbound => "outbound",
        FlowDirection.Inbound => "inbound",
        _ => "unknown",
    };

    /// <summary>The word for a payload's direction; null where the source does not say.</summary>
    public static string? Word(this PayloadDirection direction) => direction switch
    {
        PayloadDirection.Out => "out",
        PayloadDirection.In => "in",
        _ => null,
    };
}
