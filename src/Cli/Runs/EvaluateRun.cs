using CipherWatch.Cli.Evaluation;
using CipherWatch.Cli.Usage;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline;

namespace CipherWatch.Cli.Runs;

/// <summary>Reads labelled telemetry, detects, and compares with the truth.</summary>
internal static class EvaluateRun
{
    /// <summary>Does it.</summary>
    /// <exception cref="UsageException">The truth or the settings cannot be read.</exception>
    public static (TelemetryRun Run, EvaluationResult Result) Evaluate(
        IReadOnlyList<string> paths, string truth, DetectionSettings settings,
        Terminal terminal, bool quiet, CancellationToken cancellationToken)
    {
        IReadOnlyList<TruthRow> rows = TruthFile.Read(truth);
        using LocalPipeline pipeline = new(settings, DetectOptions.DefaultBatchSize);
        StaticRule rule = new();
        EvaluationReceiver receiver = new(pipeline, rule);
        TelemetryRun run = new(receiver, null, null);
        run.Read(paths, new HashSet<string>([Path.GetFullPath(truth)], StringComparer.Ordinal), terminal, !quiet, cancellationToken);
        Evaluator evaluator = new(rows, pipeline.Finish().Detections);

        // Evidence is measured as it is, before anything is exempt: exemptions are a site's own.
        IReadOnlyList<Detection> explained = pipeline.Explain(settings with { AllowedCryptoProcesses = [], TrustedCryptoLibs = [] });
        return (run, evaluator.Evaluate(
            rule, receiver.HostDays, explained, [.. EvidenceKind.All.Select(
                kind => (kind.Name, settings.EvidenceWeights.GetValueOrDefault(kind.Name, kind.Weight)))]));
    }
}
