using CipherWatch.Core.Detections;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Pipeline.Reporting;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Cli.Runs;

/// <summary>One run in figures: the summary object, and what the table and the report show at their end.</summary>
/// <remarks>
/// <c>records = observed + skipped + deadLettered</c>; <c>detections + suppressed</c> is the number of lines in <c>--out</c>.
/// </remarks>
internal sealed record RunSummary
{
    public required long Files { get; init; }

    /// <summary>Bytes after decompression.</summary>
    public required long Bytes { get; init; }

    public required long Records { get; init; }

    public required long Observed { get; init; }

    public required long Skipped { get; init; }

    public required long DeadLettered { get; init; }

    /// <summary>Packets among those skipped that could not be read.</summary>
    public required long UnreadPackets { get; init; }

    /// <summary>What could not be judged, by reason: dead letters, and packets that could not be read.</summary>
    public required IReadOnlyList<UnreadReason> Unread { get; init; }

    /// <summary>Files among the inputs that were not read, because they are no telemetry.</summary>
    public required int FilesLeftOut { get; init; }

    /// <summary>What is said before all else; null where nothing was looked for.</summary>
    public required string? Headline { get; init; }

    /// <summary>The settings that judged; null where nothing was judged.</summary>
    public required LoadedSettings? Settings { get; init; }

    /// <summary>What suppressions and exemptions hit.</summary>
    public required IReadOnlyList<EntryUse> SettingsUse { get; init; }

    public required long Observations { get; init; }

    public required long Entities { get; init; }

    /// <summary>Folded entity operations: what a durable entity would be called with.</summary>
    public required long Operations { get; init; }

    /// <summary>The same by kind of entity.</summary>
    public required IReadOnlyDictionary<string, long> OperationsByKind { get; init; }

    /// <summary>Records of each source for one operation that they cause: the figure to watch, because entities are the wall.</summary>
    public required IReadOnlyDictionary<string, double> RecordsPerOperation { get; init; }

    public required long ProcessOperations { get; init; }

    public required long FlowOperations { get; init; }

    /// <summary>Detections that stand, superseded ones included.</summary>
    public required int Detections { get; init; }

    /// <summary>Detections that an analyst's verdict covers.</summary>
    public required int Suppressed { get; init; }

    /// <summary>Network-only detections, among those that stand, whose process was found.</summary>
    public required int Superseded { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required long ElapsedMs { get; init; }

    public required IReadOnlyDictionary<string, long> BySource { get; init; }

    public required IReadOnlyDictionary<string, long> ByAnalytic { get; init; }

    public required IReadOnlyDictionary<string, long> BySeverity { get; init; }

    /// <summary>The figures of a run.</summary>
    /// <param name="run">What was read.</param>
    /// <param name="result">What was correlated; null where nothing was.</param>
    /// <param name="published">The detections that were published, after <c>--min-severity</c>.</param>
    /// <param name="settings">The settings that judged; null where nothing was judged.</param>
    public static RunSummary Of(
        TelemetryRun run, LocalResult? result, IReadOnlyList<Detection> published, LoadedSettings? settings = null)
    {
        Detection[] standing = [.. published.Where(detection => detection.Suppressed is null)];
        return new()
        {
            Files = run.Inputs.Files,
            Bytes = run.Counts.Bytes,
            Records = run.Counts.Records,
            Observed = run.Counts.Observed,
            Skipped = run.Counts.Skipped,
            DeadLettered = run.Counts.DeadLettered,
            UnreadPackets = run.Counts.Unread,
            Unread = run.DeadLetters.Reasons,
            FilesLeftOut = run.LeftOut,
            Headline = result is null ? null : string.Join(' ', RunHeadline.Of(run.Account(result), published).Lines),
            Settings = settings,
            SettingsUse = result?.SettingsUse ?? [],
            Observations = run.Counts.Observations,
            Entities = result?.Entities ?? 0,
            Operations = result?.Operations ?? 0,
            OperationsByKind = result?.OperationsByKind ?? new Dictionary<string, long>(),
            RecordsPerOperation = PerOperation(run.Counts.BySource, result?.OperationsBySource),
            ProcessOperations = result?.ProcessOperations ?? 0,
            FlowOperations = result?.FlowOperations ?? 0,
            Detections = standing.Length,
            Suppressed = published.Count - standing.Length,
            Superseded = standing.Count(detection => detection.SupersededBy is not null),
            Warnings = Runs.Warnings.Of(run, result),
            ElapsedMs = (long)run.Elapsed.TotalMilliseconds,
            BySource = run.Counts.BySource,
            ByAnalytic = Count(standing, detection => detection.AnalyticId),
            BySeverity = Count(standing, detection => detection.Severity.Word()),
        };
    }

    private static SortedDictionary<string, double> PerOperation(
        IReadOnlyDictionary<string, long> records, IReadOnlyDictionary<string, long>? operations) => new(
            (operations ?? new Dictionary<string, long>()).Where(source => source.Value > 0 && records.ContainsKey(source.Key))
                .ToDictionary(source => source.Key, source => Math.Round((double)records[source.Key] / source.Value, 1)),
            StringComparer.Ordinal);

    private static SortedDictionary<string, long> Count(Detection[] detections, Func<Detection, string> name) =>
        new(detections.CountBy(name).ToDictionary(pair => pair.Key, pair => (long)pair.Value), StringComparer.Ordinal);
}
