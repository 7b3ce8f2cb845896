using CipherWatch.Cli.Inputs;
using CipherWatch.Cli.Runs;
using CipherWatch.Core.Pipeline.Reporting;

namespace CipherWatch.Cli.Views;

/// <summary>Writes to standard error what could not be read, and what else a person should know.</summary>
internal static class Notices
{
    /// <summary>Problems always; what else could not be read, and notes, unless quiet.</summary>
    public static void Write(TextWriter error, TelemetryRun run, bool quiet)
    {
        foreach (InputProblem problem in run.Inputs.Problems)
        {
            error.WriteLine(problem);
        }

        foreach (string unread in quiet ? [] : RunHeadline.Of(run.Account(null) with { Problems = [] }, null).Unread)
        {
            error.WriteLine(unread);
        }

        foreach (string note in quiet ? [] : run.Notes)
        {
            error.WriteLine(note);
        }
    }
}
