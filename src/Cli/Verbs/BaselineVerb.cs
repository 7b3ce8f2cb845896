using System.CommandLine;
using System.Text;
using CipherWatch.Cli.Runs;
using CipherWatch.Cli.Usage;
using CipherWatch.Cli.Views;
using CipherWatch.Core.Detections.Settings;
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
        Description = "Settings to add to: what they cover is not proposed again; what stands there, comments too, stays as it is.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _quiet = CommonOptions.Quiet();

    public BaselineVerb()
        : base("baseline", "Learn settings from benign telemetry: a settings file with the counts as reasons, for a person to review.")
    {
        Add(_paths);
        Add(_out);
        Add(_merge);
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
        string? path = arguments.GetValue(_out), merge = arguments.GetValue(_merge);
        DetectionSettings settings = SettingsSource.Load(merge, "--merge");
        byte[]? merged = merge is null ? null : File.ReadAllBytes(merge);
        using OutputFiles outputs = new(paths);
        outputs.Claim(path);
        OutputFiles.Touch(path);
        using BaselineLearner learner = new(settings, DetectOptions.DefaultBatchSize);
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
            Show(terminal.Error, result, merge);
        }

        return Task.FromResult(run.ExitCode);
    }

    private static void Show(TextWriter writer, BaselineResult result, string? merge)
    {
        foreach (Proposal proposal in merge is null ? [] : result.Proposals)
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
