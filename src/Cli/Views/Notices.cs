using CipherWatch.Cli.Inputs;
using CipherWatch.Cli.Runs;

namespace CipherWatch.Cli.Views;

/// <summary>Writes to standard error what could not be read, and what else a person should know.</summary>
internal static class Notices
{
    /// <summary>Problems always; notes unless quiet.</summary>
    public static void Write(TextWriter error, TelemetryRun run, bool quiet)
    {
        foreach (InputProblem problem in run.Inputs.Problems)
        {
            error.WriteLine(problem);
        }

        foreach (string note in quiet ? [] : run.Notes)
        {
            error.WriteLine(note);
        }
    }
}
