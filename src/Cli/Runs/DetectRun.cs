using CipherWatch.Cli.Inputs;
using CipherWatch.Cli.Usage;
using CipherWatch.Cli.Views;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Pipeline;
using CipherWatch.Sinks;
using CipherWatch.Sinks.DeadLetters;
using CipherWatch.Sinks.Files;

namespace CipherWatch.Cli.Runs;

/// <summary>Reads telemetry, detects, publishes to the sinks asked for, and shows the result.</summary>
internal static class DetectRun
{
    /// <summary>Does it; returns how it ended, and the detections that were published, in order of time, then id.</summary>
    /// <exception cref="UsageException">An option's value is wrong: nothing was done.</exception>
    /// <exception cref="SinkException">An output file cannot be created: nothing was done.</exception>
    public static async Task<(ExitCode Code, IReadOnlyList<Detection> Published)> DetectAsync(
        DetectOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        LoadedSettings settings = SettingsSource.Find(options.Settings, options.NoSettings, terminal.Places);
        IDetectionSink? table = DetectSinks.Table(options);
        string? outFile = options.OutIsStandardOutput ? null : options.Out;
        using OutputFiles outputs = new(options.Paths);
        outputs.Claim(options.DeadLetter, outFile, options.Report);
        LineFile? deadLetters = outputs.Lines(options.DeadLetter);
        LineFile? lines = outputs.Lines(outFile);
        OutputFiles.Touch(options.Report);
        using LineFile standardOutput = new(terminal.Output, "standard output");

        using LocalPipeline pipeline = new(settings.Settings, options.BatchSize);
        TelemetryRun run = new(pipeline, deadLetters is null ? null : new DeadLetterFile(deadLetters), options.Format);
        run.Read(options.Paths, outputs.PathsWith(settings.Path), terminal, !options.Quiet, cancellationToken);
        LocalResult result = pipeline.Finish();
        Detection[] published = [.. result.Detections.Where(detection => detection.Severity >= options.MinSeverity)];
        DetectOutcome outcome = new(run, result, published, settings);

        // A run that was stopped still publishes what it found.
        LineFile? file = options.OutIsStandardOutput ? standardOutput : lines;
        IDetectionSink?[] sinks = [file is null ? null : new DetectionFile(file), table];
        bool failed = !await DetectSinks.PublishAsync(sinks.OfType<IDetectionSink>(), published, terminal.Error).ConfigureAwait(false);
        failed |= !DetectSinks.Report(options.Report, outcome, terminal.Error);
        deadLetters?.Flush();

        Show(options, terminal, outcome);
        return (failed ? ExitCode.Failed : run.ExitCode, published);
    }

    private static void Show(DetectOptions options, Terminal terminal, DetectOutcome outcome)
    {
        if (options.Json)
        {
            Notices.Write(terminal.Error, outcome.Run, options.Quiet);
            using StreamWriter writer = new(terminal.Output, leaveOpen: true);
            writer.Write(SummaryJson.ToText(outcome.Summary) + "\n");
            return;
        }

        if (options.Quiet)
        {
            Notices.Write(terminal.Error, outcome.Run, quiet: true);
            return;
        }

        // Standard output that carries lines for another program carries nothing else.
        DetectionView.Write(options.OutIsStandardOutput ? terminal.ErrorConsole() : terminal.OutputConsole(), outcome);
        foreach (InputProblem problem in outcome.Run.Inputs.Problems)
        {
            terminal.Error.WriteLine(problem);
        }
    }
}
