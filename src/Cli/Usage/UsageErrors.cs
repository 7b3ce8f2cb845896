using System.CommandLine;
using System.CommandLine.Parsing;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Cli.Usage;

/// <summary>Says what is wrong with a command line, and what was probably meant.</summary>
internal static class UsageErrors
{
    /// <summary>Writes the errors of a command line to standard error; false when there are none.</summary>
    public static bool Report(ParseResult parsed, Terminal terminal)
    {
        Command command = parsed.CommandResult.Command;
        List<string> messages = [.. Unknown(parsed, command)];
        if (messages.Count == 0)
        {
            messages.AddRange(parsed.Errors.Select(error => error.Message));
        }

        if (messages.Count == 0)
        {
            return false;
        }

        foreach (string message in messages)
        {
            terminal.Error.WriteLine(message);
        }

        terminal.Error.WriteLine($"Try: cipherwatch {Path(command)}--help");
        return true;
    }

    private static IEnumerable<string> Unknown(ParseResult parsed, Command command)
    {
        bool verbWanted = command.Subcommands.Count > 0;
        foreach (Token token in parsed.Tokens)
        {
            if (token.Type == TokenType.DoubleDash)
            {
                yield break;
            }

            // Where a verb takes paths, a mistyped option would pass for one.
            bool looksLikeOption = token.Value.Length > 1 && token.Value[0] == '-';
            if (token.Type != TokenType.Argument || (!looksLikeOption && !verbWanted))
            {
                continue;
            }

            IEnumerable<string> known = looksLikeOption
                ? command.Options.Concat(command.Parents.OfType<Command>().SelectMany(
                    parent => parent.Options.Where(option => option.Recursive)))
                    .SelectMany(option => option.Aliases.Append(option.Name))
                : command.Subcommands.Select(verb => verb.Name);
            string what = looksLikeOption ? "option" : "verb";
            string suggestion = NearestName.Of(token.Value, known) is { } near ? $" Did you mean '{near}'?"
                : looksLikeOption ? string.Empty
                : $" There are: {string.Join(", ", known)}.";
            yield return $"There is no {what} '{token.Value}'.{suggestion}";
            if (verbWanted && !looksLikeOption)
            {
                yield break;
            }
        }
    }

    private static string Path(Command command) =>
        command is RootCommand ? string.Empty : $"{command.Parents.OfType<Command>().Select(Path).FirstOrDefault()}{command.Name} ";
}
