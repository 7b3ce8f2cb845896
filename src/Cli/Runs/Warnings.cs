using CipherWatch.Cli.Views;
using CipherWatch.Core.Pipeline;

namespace CipherWatch.Cli.Runs;

/// <summary>What a person must know before trusting a result: what was not read, and what the telemetry could not show.</summary>
internal static class Warnings
{
    /// <summary>The warnings of a run, the gravest first.</summary>
    public static IReadOnlyList<string> Of(TelemetryRun run, LocalResult? result)
    {
        List<string> warnings = [.. run.Inputs.Problems.Select(problem => problem.ToString()), .. run.Notes, .. result?.Warnings ?? []];
        if (run.Counts.DeadLettered > 0)
        {
            warnings.Add($"{SummaryText.Count(run.Counts.DeadLettered, "record")} could not be used"
                + (run.DeadLetters.AreKept ? "." : "; --dead-letter FILE keeps them, with the reasons."));
        }

        warnings.AddRange(UnreadWarnings.Of(run.Counts));
        return warnings;
    }
}
