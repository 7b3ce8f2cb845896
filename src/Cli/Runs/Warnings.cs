using CipherWatch.Cli.Views;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Pipeline.Reporting;

namespace CipherWatch.Cli.Runs;

/// <summary>What a person must know before trusting a result: what was not read, and what the telemetry could not show.</summary>
internal static class Warnings
{
    /// <summary>The warnings of a run, the gravest first.</summary>
    public static IReadOnlyList<string> Of(TelemetryRun run, LocalResult? result) =>
    [
        .. RunHeadline.Of(run.Account(result), null).Unread,
        .. run.Inputs.Problems.Select(problem => problem.ToString()),
        .. Beside(run, result),
    ];

    /// <summary>Those that the headline does not say.</summary>
    public static IReadOnlyList<string> Beside(TelemetryRun run, LocalResult? result) =>
    [
        .. run.Notes,
        .. (result?.SettingsUse ?? []).Where(entry => entry.IsSuppression && (entry.IsIdle || entry.Expired > 0 || entry.ExpiresSoon))
            .Select(entry => entry.ToString()),
        .. result?.Warnings ?? [],
        .. Undated(run.Counts.UndatedFlows),
        .. Unnamed(run.Counts.UnnamedInputs),
    ];

    private static IEnumerable<string> Unnamed(long inputs) => inputs < 2 ? []
        : [$"{SummaryText.Count(inputs, "input")} with records that name no host: they are taken to be of one, and equal process numbers "
            + "in them to be one process. Read those of several hosts one by one, or send them with names (docs/telemetry.md)."];

    private static IEnumerable<string> Undated(long flows) => flows == 0 ? []
        : [$"{SummaryText.Count(flows, "captured flow")} without any time: dated by the file's own time."];
}
