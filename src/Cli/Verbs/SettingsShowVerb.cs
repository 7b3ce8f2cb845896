using System.CommandLine;
using CipherWatch.Cli.Runs;
using CipherWatch.Cli.Usage;

namespace CipherWatch.Cli.Verbs;

/// <summary><c>settings show</c>: every setting as it judges, those that no file names among them.</summary>
internal sealed class SettingsShowVerb : VerbCommand
{
    private readonly Argument<string?> _file = new("file")
    {
        Description = "The settings; without it the file that 'detect' would use.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _noSettings = CommonOptions.NoSettings();
    private readonly Option<bool> _json = CommonOptions.Json("Without the comment that says where they are from.");
    private readonly Option<bool> _quiet = CommonOptions.Quiet();

    public SettingsShowVerb()
        : base("show", "Every setting as it judges, as a settings file: those that no file names are the shipped ones.")
    {
        Add(_file);
        Add(_noSettings);
        Add(_json);
        Add(_quiet);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("settings show", "What a run here would judge by."),
        ("settings show --no-settings --json", "What ships."),
    ];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        LoadedSettings settings = SettingsSource.Find(arguments.GetValue(_file), arguments.GetValue(_noSettings), terminal.Places);
        using StreamWriter output = new(terminal.Output, leaveOpen: true) { NewLine = "\n" };
        if (!arguments.GetValue(_json) && !arguments.GetValue(_quiet))
        {
            output.WriteLine($"// {settings}");
        }

        output.WriteLine(EffectiveSettings.Json(settings.Settings));
        return Task.FromResult(ExitCode.Done);
    }
}
