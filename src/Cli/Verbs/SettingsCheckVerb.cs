using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using CipherWatch.Cli.Runs;
using CipherWatch.Cli.Usage;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Reporting;

namespace CipherWatch.Cli.Verbs;

/// <summary><c>settings check</c>: whether a settings file is right, and which of its suppressions have run out or soon will.</summary>
internal sealed class SettingsCheckVerb : VerbCommand
{
    private readonly Argument<string?> _file = new("file")
    {
        Description = "The settings; without it the file that 'detect' would use.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _json =
        CommonOptions.Json("One object on standard output: file, version, expired, expiringSoon, unlimited.");
    private readonly Option<bool> _quiet = CommonOptions.Quiet();

    public SettingsCheckVerb()
        : base("check", "Whether a settings file is right; what in it has run out or soon will.")
    {
        Add(_file);
        Add(_json);
        Add(_quiet);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("settings check", "The file that a run here would use."),
        ("settings check cipherwatch.json --json", "One file, for a script."),
    ];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        LoadedSettings settings = SettingsSource.Find(arguments.GetValue(_file), shipped: false, terminal.Places);
        DateTimeOffset now = terminal.Clock.GetUtcNow();
        string[] expired = Entries(settings.Settings, entry => !entry.HoldsAt(now));
        string[] soon = Entries(settings.Settings, entry => entry.HoldsAt(now) && !entry.HoldsAt(now.AddDays(SettingsUseReport.SoonDays)));
        string[] unlimited = Entries(settings.Settings, entry => entry.Expires is null);
        using StreamWriter output = new(terminal.Output, leaveOpen: true) { NewLine = "\n" };
        if (arguments.GetValue(_json))
        {
            output.WriteLine(new JsonObject
            {
                ["file"] = settings.Path,
                ["version"] = settings.Settings.Version,
                ["expired"] = List(expired),
                ["expiringSoon"] = List(soon),
                ["unlimited"] = List(unlimited),
            }.ToJsonString());
        }
        else if (!arguments.GetValue(_quiet))
        {
            output.WriteLine(settings.Path is null ? "There is no settings file: the shipped settings judge." : $"{settings} It is right.");
            Write(output, "has run out", expired);
            Write(output, $"runs out within {SettingsUseReport.SoonDays} days", soon);
            Write(output, "holds for ever", unlimited);
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static string[] Entries(DetectionSettings settings, Func<Suppression, bool> which) =>
    [
        .. settings.Suppressions.Index().Where(entry => which(entry.Item)).Select(entry => string.Create(
            CultureInfo.InvariantCulture, $"Suppressions[{entry.Index}] ({EntryText.Of(entry.Item)})")),
    ];

    private static JsonArray List(string[] entries) => new([.. entries.Select(entry => JsonValue.Create(entry))]);

    private static void Write(TextWriter output, string what, string[] entries)
    {
        foreach (string entry in entries)
        {
            output.WriteLine($"  {Views.VisibleText.Of(entry)} {what}.");
        }
    }
}
