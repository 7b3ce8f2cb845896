using System.CommandLine;
using CipherWatch.Cli.Runs;
using CipherWatch.Core.Telemetry.Formats;

namespace CipherWatch.Cli.Usage;

/// <summary>Options that several verbs share, under one name and one meaning.</summary>
internal static class CommonOptions
{
    /// <summary>Paths of telemetry.</summary>
    public static Argument<string[]> Paths() => new("path")
    {
        Description = "Files, folders (walked in name order), patterns, or '-' for standard input. .gz, .zip and .tar are read through.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Option<bool> Quiet() => new("--quiet", "-q")
    {
        Description = "No table, no progress, no notes: errors only.",
    };

    public static Option<bool> Json(string description) => new("--json") { Description = description };

    public static Option<string?> Settings() => new("--settings")
    {
        Description = $"Settings to judge by; without it ./{SettingsPlaces.FileName}, then what ${SettingsPlaces.VariableName} names, then "
            + "the file of that name in the user's configuration folder, else the shipped ones.",
        HelpName = "FILE",
    };

    public static Option<bool> NoSettings() => new("--no-settings")
    {
        Description = "Judge by the shipped settings, whatever file there is.",
    };

    public static Option<string?> DeadLetter() => new("--dead-letter")
    {
        Description = "Keep records that could not be used: NDJSON with place, reason and the raw bytes.",
        HelpName = "FILE",
    };

    public static Option<string?> Format()
    {
        Option<string?> format = new("--format")
        {
            Description = $"Read every record as this format instead of finding it from content: {string.Join(", ", FormatNames.All)}.",
            HelpName = "NAME",
        };
        format.AcceptOnlyFromAmong([.. FormatNames.All]);
        return format;
    }
}
