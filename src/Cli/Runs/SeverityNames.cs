using CipherWatch.Core.Detections;

namespace CipherWatch.Cli.Runs;

/// <summary>The names of severities, as options take them and people read them.</summary>
internal static class SeverityNames
{
    /// <summary>In rising order.</summary>
    public static readonly string[] All = ["low", "medium", "high"];

    /// <summary>The severity of a name, in any case.</summary>
    public static Severity Parse(string name) =>
        (Severity)Array.FindIndex(All, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
}
