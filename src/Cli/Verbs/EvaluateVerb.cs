using System.CommandLine;
using CipherWatch.Cli.Evaluation;
using CipherWatch.Cli.Runs;
using CipherWatch.Cli.Usage;
using CipherWatch.Cli.Views;

namespace CipherWatch.Cli.Verbs;

/// <summary><c>evaluate</c>: labelled telemetry against what is found of it.</summary>
internal sealed class EvaluateVerb : VerbCommand
{
    private readonly Argument<string[]> _paths = CommonOptions.Paths();

    private readonly Option<string> _truth = new("--truth")
    {
        Description = "Ground truth, separated by tabs: columns host, label (c2, background; others are not counted), and one of "
            + "process_guid, pid, destination; image, family and kind where known.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string?> _settings = CommonOptions.Settings();
    private readonly Option<bool> _noSettings = CommonOptions.NoSettings();
    private readonly Option<bool> _json = CommonOptions.Json("One object on standard output instead of the tables.");
    private readonly Option<bool> _quiet = CommonOptions.Quiet();

    public EvaluateVerb()
        : base("evaluate", "Measure recall, precision and false alarms on labelled telemetry, beside the published static rule.")
    {
        Add(_paths);
        Add(_truth);
        Add(_settings);
        Add(_noSettings);
        Add(_json);
        Add(_quiet);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("evaluate fleet/ --truth fleet/truth.tsv", "A simulated fleet against its own truth."),
        ("evaluate sessions/ --truth truth.tsv --settings site.json --json",
            "Recorded sessions, judged by a site's settings, for a script."),
    ];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        bool quiet = arguments.GetValue(_quiet);
        LoadedSettings settings = SettingsSource.Find(arguments.GetValue(_settings), arguments.GetValue(_noSettings), terminal.Places);
        (TelemetryRun run, EvaluationResult result) = EvaluateRun.Evaluate(
            arguments.GetRequiredValue(_paths), arguments.GetRequiredValue(_truth), settings.Settings, terminal, quiet, cancellationToken);
        if (settings.Path is not null && !quiet)
        {
            terminal.Error.WriteLine(settings);
        }

        Notices.Write(terminal.Error, run, quiet);
        using StreamWriter writer = new(terminal.Output, leaveOpen: true);
        writer.Write(arguments.GetValue(_json) ? EvaluationJson.ToText(result) + "\n" : EvaluationText.Of(result));
        return Task.FromResult(run.ExitCode);
    }
}
