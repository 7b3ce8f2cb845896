using System.CommandLine;
using CipherWatch.Cli.Runs;
using CipherWatch.Cli.Usage;
using CipherWatch.Cli.Views;
using CipherWatch.Sinks.DeadLetters;
using CipherWatch.Sinks.Files;

namespace CipherWatch.Cli.Verbs;

/// <summary><c>normalize</c>: every observation of the inputs as one JSON line on standard output.</summary>
internal sealed class NormalizeVerb : VerbCommand
{
    private readonly Argument<string[]> _paths = CommonOptions.Paths();
    private readonly Option<string?> _deadLetter = CommonOptions.DeadLetter();
    private readonly Option<string?> _format = CommonOptions.Format();
    private readonly Option<bool> _json = CommonOptions.Json("Write the summary to standard error as one JSON object.");
    private readonly Option<bool> _quiet = CommonOptions.Quiet();

    public NormalizeVerb()
        : base("normalize", "Turn telemetry into observations: NDJSON on standard output, one a line.")
    {
        Add(_paths);
        Add(_deadLetter);
        Add(_format);
        Add(_json);
        Add(_quiet);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("normalize sysmon.json.gz > observations.ndjson", "See what CipherWatch understands of a file."),
        ("normalize logs/ --dead-letter broken.ndjson", "Read a folder, keep what could not be used."),
        ("normalize - --quiet < conn.log | jq .flow.communityId", "Read standard input, hand on to another tool."),
    ];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        bool quiet = arguments.GetValue(_quiet);
        string[] paths = arguments.GetRequiredValue(_paths);
        using OutputFiles outputs = new(paths);
        outputs.Claim(arguments.GetValue(_deadLetter));
        LineFile? deadLetters = outputs.Lines(arguments.GetValue(_deadLetter));
        using LineFile output = new(terminal.Output, "standard output");
        TelemetryRun run = new(new ObservationLines(output), deadLetters is null ? null
            : new DeadLetterFile(deadLetters), arguments.GetValue(_format));
        run.Read(paths, outputs.Paths, terminal, !quiet, cancellationToken);
        output.Flush();
        deadLetters?.Flush();
        Notices.Write(terminal.Error, run, quiet);
        RunSummary summary = RunSummary.Of(run, null, []);
        if (arguments.GetValue(_json))
        {
            terminal.Error.WriteLine(SummaryJson.ToText(summary));
        }
        else if (!quiet)
        {
            terminal.Error.WriteLine(SummaryText.Line(summary));
        }

        return Task.FromResult(run.ExitCode);
    }
}
