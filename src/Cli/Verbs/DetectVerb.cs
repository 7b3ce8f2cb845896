using System.CommandLine;
using CipherWatch.Cli.Runs;
using CipherWatch.Cli.Usage;

namespace CipherWatch.Cli.Verbs;

/// <summary><c>detect</c>: telemetry in, explained detections out.</summary>
internal sealed class DetectVerb : VerbCommand
{
    private readonly Argument<string[]> _paths = CommonOptions.Paths();

    private readonly Option<string?> _settings = CommonOptions.Settings();

    private readonly Option<bool> _noSettings = CommonOptions.NoSettings();

    private readonly Option<int> _batchSize = new("--batch-size")
    {
        Description = "Records folded at once, as an event hub's batch is. Changes the number of operations, never what is found.",
        HelpName = "N",
        DefaultValueFactory = _ => DetectOptions.DefaultBatchSize,
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "Write detections as NDJSON; '-' for standard output.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _table = new("--table")
    {
        Description = "Upsert detections into Table storage: a connection string (UseDevelopmentStorage=true for Azurite) "
            + "or the account's https address.",
        HelpName = "CONNECTION",
    };

    private readonly Option<string> _tableName = new("--table-name")
    {
        Description = "Name of that table.",
        HelpName = "NAME",
        DefaultValueFactory = _ => Sinks.Tables.TableName.Default,
    };

    private readonly Option<string?> _deadLetter = CommonOptions.DeadLetter();

    private readonly Option<string?> _format = CommonOptions.Format();

    private readonly Option<string?> _report = new("--report")
    {
        Description = "Write one self-contained HTML page with the detections and their evidence.",
        HelpName = "FILE.html",
    };

    private readonly Option<string> _minSeverity = new("--min-severity")
    {
        Description = "Leave out detections below low, medium or high.",
        HelpName = "SEVERITY",
        DefaultValueFactory = _ => SeverityNames.All[0],
    };

    private readonly Option<bool> _json = CommonOptions.Json("One summary object on standard output instead of the table.");
    private readonly Option<bool> _quiet = CommonOptions.Quiet();

    public DetectVerb()
        : base("detect", "Read telemetry, find hidden encrypted channels, explain each one.")
    {
        _minSeverity.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, SeverityNames.All);
        _batchSize.Validators.Add(result =>
        {
            if (result.Tokens is [var token]
                && (!int.TryParse(token.Value, System.Globalization.CultureInfo.InvariantCulture, out int size) || size < 1))
            {
                result.AddError($"--batch-size: '{token.Value}' is no number of records; it must be 1 or more.");
            }
        });
        Add(_paths);
        foreach (Option option in (Option[])
            [_settings, _noSettings, _batchSize, _out, _table, _tableName, _deadLetter, _format, _report, _minSeverity, _json, _quiet])
        {
            Add(option);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("detect incident/", "Read an incident's logs, whatever their formats, and show what was found."),
        ("detect sysmon.json.gz conn.log --out detections.ndjson --report report.html",
            "Host and network together, results as lines and as a page."),
        ("detect logs/ --json --min-severity medium", "One summary object for a script."),
        ("detect - --dead-letter broken.ndjson < export.xml", "Standard input; keep what could not be used."),
        ("detect logs/ --table UseDevelopmentStorage=true", "Upsert into the table of a local Azurite."),
    ];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken) =>
        (await DetectRun.DetectAsync(
            new()
            {
                Paths = arguments.GetRequiredValue(_paths),
                Format = arguments.GetValue(_format),
                Settings = arguments.GetValue(_settings),
                NoSettings = arguments.GetValue(_noSettings),
                BatchSize = arguments.GetValue(_batchSize),
                Out = arguments.GetValue(_out),
                Table = arguments.GetValue(_table),
                TableName = arguments.GetRequiredValue(_tableName),
                DeadLetter = arguments.GetValue(_deadLetter),
                Report = arguments.GetValue(_report),
                MinSeverity = SeverityNames.Parse(arguments.GetRequiredValue(_minSeverity)),
                Json = arguments.GetValue(_json),
                Quiet = arguments.GetValue(_quiet),
            },
            terminal,
            cancellationToken).ConfigureAwait(false)).Code;
}
