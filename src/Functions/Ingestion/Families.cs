namespace CipherWatch.Functions.Ingestion;

/// <summary>
/// Families of sources: each has an event hub and an address for requests. What a family is called says where telemetry is expected to
/// come from and decides nothing: every way in reads every format.
/// </summary>
public static class Families
{
    /// <summary>Windows hosts.</summary>
    public const string Windows = "windows";

    /// <summary>Linux hosts.</summary>
    public const string Linux = "linux";

    /// <summary>macOS hosts.</summary>
    public const string MacOs = "macos";

    /// <summary>ESXi hosts.</summary>
    public const string Esxi = "esxi";

    /// <summary>Sensors and flow exporters.</summary>
    public const string Network = "network";

    /// <summary>Sensors that sample payload.</summary>
    public const string PayloadSamples = "payload-samples";

    /// <summary>All of them, in the order of <c>infra/sources.json</c>.</summary>
    public static IReadOnlyList<string> All { get; } = [Windows, Linux, MacOs, Esxi, Network, PayloadSamples];

    /// <summary>The family of a name, whatever its case; null where there is none.</summary>
    public static string? Named(string? name) => All.FirstOrDefault(family => family.Equals(name, StringComparison.OrdinalIgnoreCase));
}
