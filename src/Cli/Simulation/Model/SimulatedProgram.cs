namespace CipherWatch.Cli.Simulation.Model;

/// <summary>A program on disk.</summary>
/// <param name="Image">Full path; on ESXi the name of its world.</param>
/// <param name="Arguments">Arguments it is started with.</param>
/// <param name="Signer">Who signed it, on macOS the team id; null where nobody did.</param>
/// <param name="Libraries">Libraries that it maps, full paths.</param>
/// <param name="Kind">What it is: the kind that the ground truth gives it.</param>
internal sealed record SimulatedProgram(
    string Image, string Arguments, string? Signer, IReadOnlyList<string> Libraries, string Kind = "application")
{
    /// <summary>On macOS, the identifier that the signature carries.</summary>
    public string SigningId { get; init; } = string.Empty;

    /// <summary>
    /// On macOS, whether it connects through Network.framework, which logs it; else by BSD sockets, of which only the kernel logs.
    /// </summary>
    public bool UsesNetworkFramework { get; init; } = true;

    /// <summary>On Linux, whether it connects without waiting, as programs with an event loop do.</summary>
    public bool IsAsynchronous { get; init; }

    /// <summary>Image of what starts it, where that is not what starts a person's programs.</summary>
    public string? UsualParent { get; init; }

    /// <summary>The command line, as Windows has it.</summary>
    public string CommandLine => Arguments.Length == 0 ? $"\"{Image}\"" : $"\"{Image}\" {Arguments}";

    /// <summary>The last part of its path.</summary>
    public string Name => Image[(Image.LastIndexOfAny(['\\', '/']) + 1)..];
}
