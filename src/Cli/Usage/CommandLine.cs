using System.CommandLine;
using System.CommandLine.Help;
using System.Text;
using CipherWatch.Cli.Verbs;
using CipherWatch.Sinks;

namespace CipherWatch.Cli.Usage;

/// <summary>Reads a command line and runs the verb that it names.</summary>
internal static class CommandLine
{
    private const string Description =
        "CipherWatch finds command-and-control channels hidden behind symmetric cryptography (MITRE ATT&CK T1573.001).";

    /// <summary>Runs one command line. Never throws: whatever happens becomes a message and an exit code.</summary>
    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellationToken)
    {
        RootCommand root = Root();
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        ExitCode code = await RunAsync(root, parsed, terminal, cancellationToken).ConfigureAwait(false);
        await terminal.Output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        return code;
    }

    private static RootCommand Root()
    {
        RootCommand root = new(
            Description) { new DetectVerb(), new NormalizeVerb(), new ScoreVerb(), new BaselineVerb(), new EvaluateVerb(), new WhatIfVerb(
                ), new SuppressVerb(), new SettingsVerb(), new SimulateVerb(), new DemoVerb() };
        foreach (Option option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help } helpOption)
            {
                helpOption.Action = new ExamplesHelp(help);
            }
        }

        // A verb's action is run here, with the streams of this run; the parser only needs to know that there is one.
        foreach (VerbCommand verb in root.Subcommands.Concat(root.Subcommands.SelectMany(group => group.Subcommands)).OfType<VerbCommand>())
        {
            verb.SetAction(_ => (int)ExitCode.Done);
        }

        return root;
    }

    private static async Task<ExitCode> RunAsync(
        RootCommand root, ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        // Help and version are given whatever else is wrong.
        if (parsed.Action is { ClearsParseErrors: true })
        {
            return Invoke(parsed, terminal);
        }

        if (parsed.Tokens.Count == 0)
        {
            Invoke(root.Parse(["--help"]), terminal);
            return ExitCode.Usage;
        }

        return UsageErrors.Report(parsed, terminal) || parsed.CommandResult.Command is not VerbCommand verb
            ? ExitCode.Usage
            : await RunAsync(verb, parsed, terminal, cancellationToken).ConfigureAwait(false);
    }

    private static ExitCode Invoke(ParseResult parsed, Terminal terminal)
    {
        using StreamWriter output = new(terminal.Output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        return (ExitCode)parsed.Invoke(new InvocationConfiguration
        {
            Output = output,
            Error = terminal.Error,
            ProcessTerminationTimeout = null,
        });
    }

    private static async Task<ExitCode> RunAsync(
        VerbCommand verb, ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            return await verb.RunAsync(parsed, terminal, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            terminal.Error.WriteLine("Stopped.");
            return ExitCode.Failed;
        }
        catch (UsageException exception)
        {
            terminal.Error.WriteLine(exception.Message);
            return ExitCode.Usage;
        }
#pragma warning disable CA1031 // The outermost frame: a person gets a sentence and an exit code, not a stack trace.
        catch (Exception exception)
        {
            terminal.Error.WriteLine(exception is SinkException
                ? exception.Message
                : $"Unexpected failure, please report it: {exception}");
            return ExitCode.Failed;
        }
#pragma warning restore CA1031
    }
}
