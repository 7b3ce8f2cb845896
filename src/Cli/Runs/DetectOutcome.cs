using CipherWatch.Core.Detections;
using CipherWatch.Core.Pipeline;

namespace CipherWatch.Cli.Runs;

/// <summary>The outcome of a detection run.</summary>
/// <param name="Run">What was read.</param>
/// <param name="Result">What was correlated.</param>
/// <param name="Published">Final detections from the lowest severity asked for, in order of time, then id.</param>
/// <param name="SettingsVersion">The settings that judged.</param>
internal sealed record DetectOutcome(TelemetryRun Run, LocalResult Result, IReadOnlyList<Detection> Published, string SettingsVersion)
{
    /// <summary>The run in figures.</summary>
    public RunSummary Summary { get; } = RunSummary.Of(Run, Result, Published);

    /// <summary>What a person should look at, the gravest first: neither suppressed nor covered by a process's detection.</summary>
    public IReadOnlyList<Detection> Standing { get; } =
    [
        .. Published.Where(detection => detection is { Suppressed: null, SupersededBy: null })
            .OrderByDescending(detection => detection.Confidence).ThenBy(detection => detection.Time).ThenBy(detection
                => detection.DetectionId),
    ];
}
