namespace CipherWatch.Cli.Simulation.Truth;

/// <summary>What a process is in truth.</summary>
/// <param name="Label"><c>c2</c>, <c>attack</c> or <c>background</c>.</param>
/// <param name="Family">The implant it belongs to, numbered; <c>benign</c> where to none.</param>
/// <param name="Kind">The kind of implant, or of benign program; empty for the program's own.</param>
/// <param name="Shows">What the telemetry can show of it, separated by commas; empty for the benign.</param>
internal sealed record TruthLabel(string Label, string Family, string Kind, string Shows)
{
    /// <summary>A program that has nothing to do with an attack.</summary>
    public static TruthLabel Benign { get; } = new("background", "benign", string.Empty, string.Empty);

    /// <summary>Whether it belongs to an attack.</summary>
    public bool IsImplant => Label != "background";
}
