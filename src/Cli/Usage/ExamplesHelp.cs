using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CipherWatch.Cli.Usage;

/// <summary>The help of a command with examples after it, and the exit codes.</summary>
internal sealed class ExamplesHelp(HelpAction help) : SynchronousCommandLineAction
{
    private const string ExitCodes =
        "Exit codes: 0 done; 1 an input could not be read to its end or a sink failed; 2 wrong usage.";

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        Command command = parseResult.CommandResult.Command;
        IEnumerable<(string Line, string Does)> examples = command is VerbCommand verb
            ? verb.Examples
            : command.Subcommands.Concat(command.Subcommands.SelectMany(group => group.Subcommands)).OfType<VerbCommand>()
                .Select(other => other.Examples[0]);
        output.WriteLine("Examples:");
        foreach ((string line, string does) in examples)
        {
            output.WriteLine($"  cipherwatch {line}");
            output.WriteLine($"      {does}");
        }

        output.WriteLine();
        output.WriteLine(ExitCodes);
        return (int)ExitCode.Done;
    }
}
