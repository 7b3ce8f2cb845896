using CipherWatch.Core.Detections;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Pipeline.Reporting;

namespace CipherWatch.Cli.Runs;

/// <summary>The outcome of a detection run.</summary>
/// <param name="Run">What was read.</param>
/// <param name="Result">What was correlated.</param>
/// <param name="Published">Final detections from the lowest severity asked for, in order of time, then id.</param>
/// <param name="Settings">The settings that judged.</param>
internal sealed record DetectOutcome(TelemetryRun Run, LocalResult Result, IReadOnlyList<Detection> Published, LoadedSettings Settings)
{
    /// <summary>What is said before all else.</summary>
    public RunHeadline Headline { get; } = RunHeadline.Of(Run.Account(Result), Published);

    /// <summary>The run in figures.</summary>
    public RunSummary Summary { get; } = RunSummary.Of(Run, Result, Published, Settings);

    /// <summary>What a person should look at, the gravest first: neither suppressed nor covered by a process's detection.</summary>
    public IReadOnlyList<Detection> Standing { get; } =
    [
        .. RunHeadline.Standing(Published)
            .OrderByDescending(detection => detection.Confidence).ThenBy(detection => detection.Time).ThenBy(
                detection => detection.DetectionId),
    ];
}
