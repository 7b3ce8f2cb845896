namespace CipherWatch.Cli.Simulation.Model;

/// <summary>A running program.</summary>
internal sealed record SimulatedProcess
{
    public required SimulatedHost Host { get; init; }

    /// <summary>Sysmon's GUID of it, in braces and upper case as Sysmon writes it.</summary>
    public required string Guid { get; init; }

    public required int Pid { get; init; }

    public required SimulatedProgram Program { get; init; }

    public required string Parent { get; init; }

    public required string User { get; init; }
}

/// <summary>A program on disk.</summary>
/// <param name="Image">Full path.</param>
/// <param name="Arguments">Arguments it is started with.</param>
/// <param name="Signer">Who signed it; null where nobody did.</param>
/// <param name="Libraries">Libraries that it maps, full paths.</param>
internal sealed record SimulatedProgram(string Image, string Arguments, string? Signer, IReadOnlyList<string> Libraries)
{
    /// <summary>The command line.</summary>
    public string CommandLine => Arguments.Length == 0 ? $"\"{Image}\"" : $"\"{Image}\" {Arguments}";
}
