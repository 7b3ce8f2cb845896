using System.CommandLine;
using CipherWatch.Cli.Runs;
using CipherWatch.Cli.Usage;
using CipherWatch.Cli.Views;
using CipherWatch.Core.Pipeline.WhatIf;

namespace CipherWatch.Cli.Verbs;

/// <summary><c>what-if</c>: what other settings would change of what is found.</summary>
internal sealed class WhatIfVerb : VerbCommand
{
    private readonly Argument<string[]> _paths = CommonOptions.Paths();

    private readonly Option<string?> _settings = new("--settings")
    {
        Description = "The settings to try; without it, those of --against with the edits of --set.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _against = new("--against")
    {
        Description = $"The settings to compare with; without it ./{SettingsPlaces.FileName}, then what ${SettingsPlaces.VariableName} "
            + "names, then the file of that name in the user's configuration folder, else the shipped ones.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _noSettings = new("--no-settings")
    {
        Description = "Compare with the shipped settings, whatever file there is.",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Change one setting of those to try: NAME=VALUE, the value as JSON. May be given several times.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _json = CommonOptions.Json("One object on standard output instead of the list.");
    private readonly Option<bool> _quiet = CommonOptions.Quiet();

    public WhatIfVerb()
        : base("what-if", "Compare two settings over the same telemetry: detections gained, lost and changed, and why.")
    {
        Add(_paths);
        foreach (Option option in (Option[])[_settings, _against, _noSettings, _set, _json, _quiet])
        {
            Add(option);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("what-if incident/ --settings proposed.json", "A proposed file against the settings in use."),
        ("what-if logs/ --settings new.json --against cipherwatch.json --json", "Two files, for a script."),
        ("what-if logs/ --against cipherwatch.json --set EntropyThreshold=7.5", "One edit."),
    ];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        bool quiet = arguments.GetValue(_quiet);
        string[] edits = arguments.GetRequiredValue(_set);
        string? settings = arguments.GetValue(_settings);
        if (settings is null && edits.Length == 0)
        {
            throw new UsageException("what-if needs something to try: --settings FILE, or --set NAME=VALUE.");
        }

        LoadedSettings against = SettingsSource.Find(
            arguments.GetValue(_against), arguments.GetValue(_noSettings), terminal.Places, "--against");
        LoadedSettings tried = SettingsSource.Edited(settings is null ? against : SettingsSource.Of(settings, "--settings"), edits);
        SettingsComparison comparison = new(against.Settings, tried.Settings, DetectOptions.DefaultBatchSize);
        TelemetryRun run = new(comparison, null, null);
        run.Read(arguments.GetRequiredValue(_paths), new HashSet<string>(StringComparer.Ordinal), terminal, !quiet, cancellationToken);
        SettingsEffect effect = comparison.Finish();
        if (!quiet)
        {
            terminal.Error.WriteLine($"Compared: {tried.Source}, with {against.Source}.");
        }

        Notices.Write(terminal.Error, run, quiet);
        using StreamWriter writer = new(terminal.Output, leaveOpen: true) { NewLine = "\n" };
        writer.Write(arguments.GetValue(_json) ? EffectJson.ToText(effect, tried, against) + "\n" : EffectText.Of(effect));
        return Task.FromResult(run.ExitCode);
    }
}
