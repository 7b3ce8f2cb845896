using System.CommandLine;
using System.Text;
using CipherWatch.Cli.Runs;
using CipherWatch.Cli.Usage;
using CipherWatch.Cli.Views;
using CipherWatch.Core.Pipeline.Baseline;

namespace CipherWatch.Cli.Verbs;

/// <summary><c>baseline</c>: settings proposed from telemetry that is taken for benign.</summary>
internal sealed class BaselineVerb : VerbCommand
{
    private readonly Argument<string[]> _paths = CommonOptions.Paths();

    private readonly Option<string?> _out = new("--out")
    {
        Description = "Write the settings there; without it, to standard output.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _merge = new("--merge")
    {
        Description = "Settings to add to: what they cover is not proposed again; what stands there, comments too, stays as it is. Without "
            + $"it ./{SettingsPlaces.FileName}, then what ${SettingsPlaces.VariableName} names, then the file of that name in the user's "
            + "configuration folder.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _noSettings = new("--no-settings")
    {
        Description = "Add to no settings, whatever file there is: propose all that the shipped ones lack.",
    };

    private readonly Option<bool> _quiet = CommonOptions.Quiet();

    public BaselineVerb()
        : base("baseline", "Learn settings from benign telemetry: a settings file with the counts as reasons, for a person to review.")
    {
        Add(_paths);
        Add(_out);
        Add(_merge);
        Add(_noSettings);
        Add(_quiet);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("baseline last-week/ --out proposed.json",
            "Propose settings from a week of telemetry, then read them, then detect --settings proposed.json."),
        ("baseline this-week/ --merge cipherwatch.json --out cipherwatch.new.json",
            "Add what is new to settings in use, and show what changed."),
    ];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        bool quiet = arguments.GetValue(_quiet);
        string[] paths = arguments.GetRequiredValue(_paths);
        string? path = arguments.GetValue(_out);
        LoadedSettings settings = SettingsSource.Find(
            arguments.GetValue(_merge), arguments.GetValue(_noSettings), terminal.Places, "--merge");
        byte[]? merged = settings.Path is null ? null : SettingsSource.Read(settings.Path, "--merge");
        using OutputFiles outputs = new(paths);
        outputs.Claim(path);
        OutputFiles.Touch(path);
        using BaselineLearner learner = new(settings.Settings, DetectOptions.DefaultBatchSize);
        TelemetryRun run = new(learner, null, null);
        run.Read(paths, outputs.Paths, terminal, !quiet, cancellationToken);
        BaselineResult result = learner.Finish();
        byte[] text = merged is null
            ? Encoding.UTF8.GetBytes(ProposedSettings.Of(result))
            : ProposedSettings.AddedTo(merged, result);
        if (path is null)
        {
            terminal.Output.Write(text);
        }
        else
        {
            File.WriteAllBytes(path, text);
        }

        Notices.Write(terminal.Error, run, quiet);
        if (!quiet)
        {
            Show(terminal.Error, result, settings);
        }

        return Task.FromResult(run.ExitCode);
    }

    private static void Show(TextWriter writer, BaselineResult result, LoadedSettings settings)
    {
        if (settings.Path is not null)
        {
            writer.WriteLine($"{settings} The proposals are added to it.");
        }

        foreach (Proposal proposal in settings.Path is null ? [] : result.Proposals)
        {
            writer.WriteLine(
                $"+ {proposal.Setting}: {(proposal.Key is { } key ? key + " " : string.Empty)}"
                + $"{VisibleText.Of(proposal.Json)}  ({VisibleText.Of(proposal.Reason)})");
        }

        foreach (Refusal refusal in result.Refusals)
        {
            writer.WriteLine($"! Not proposed for {refusal.Setting}: {VisibleText.Of(refusal.What)}: {VisibleText.Of(refusal.Why)}");
        }

        writer.WriteLine($"{SummaryText.Count(result.Proposals.Count, "proposal")}, {SummaryText.Count(result.Refusals.Count, "refusal")}."
            + " Review the file before you use it with --settings.");
    }
}
