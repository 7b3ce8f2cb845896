using CipherWatch.Cli.Runs;
using CipherWatch.Core.Pipeline.Reporting;

namespace CipherWatch.Cli.Views;

/// <summary>What the settings did in a run, in lines for a person.</summary>
internal static class SettingsUseText
{
    private const int MaxLines = 12;

    /// <summary>Which settings judged, and what their entries hit or missed. Nothing but the first line of the shipped ones.</summary>
    public static IEnumerable<string> Lines(RunSummary summary)
    {
        if (summary.Settings is not { Path: not null } settings)
        {
            yield break;
        }

        yield return settings.ToString();
        EntryUse[] told = [.. summary.SettingsUse.Where(entry => !entry.IsShipped)];

        // What missed or runs out is among the warnings; here is what hit.
        EntryUse[] hit = [.. told.Where(entry => entry.Hits > 0 && !entry.ExpiresSoon && entry.Expired == 0)];
        foreach (EntryUse entry in hit.Take(MaxLines))
        {
            yield return "  " + VisibleText.Of(entry.ToString());
        }

        if (hit.Length > MaxLines)
        {
            yield return $"  {hit.Length - MaxLines} more hit something; --json or --report has them all.";
        }

        EntryUse[] idle = [.. told.Where(entry => entry.IsIdle && !entry.IsSuppression)];
        if (idle.Length > 0)
        {
            yield return $"  {idle.Length} of {told.Count(entry => !entry.IsSuppression)} exemptions matched nothing: "
                + string.Join(", ", idle.Take(MaxLines).Select(entry => $"{entry.Setting}[{entry.Index}]"))
                + (idle.Length > MaxLines ? " …" : ".");
        }
    }
}
