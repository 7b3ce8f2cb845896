using System.CommandLine;

namespace CipherWatch.Cli.Usage;

/// <summary>A verb of the command line: its options, its examples, and what it does.</summary>
internal abstract class VerbCommand(string name, string description) : Command(name, description)
{
    /// <summary>Command lines that show what it is for, each with a few words on it.</summary>
    public abstract IReadOnlyList<(string Line, string Does)> Examples { get; }

    /// <summary>Does it.</summary>
    public abstract Task<ExitCode> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken);
}
