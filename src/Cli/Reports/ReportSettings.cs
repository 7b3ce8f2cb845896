using System.Globalization;
using CipherWatch.Cli.Runs;
using CipherWatch.Core.Pipeline.Reporting;

namespace CipherWatch.Cli.Reports;

/// <summary>What a report says of the settings: what suppressions and exemptions hit, and which hit nothing.</summary>
internal static class ReportSettings
{
    /// <summary>Writes it; nothing where no entry is to be told of.</summary>
    public static void Write(HtmlWriter page, RunSummary summary)
    {
        if (summary.SettingsUse.Count == 0)
        {
            return;
        }

        page.Element("h2", "What the settings did").Head("Suppressions and exemptions", "entry", "hits", "what it did");
        foreach (EntryUse entry in summary.SettingsUse)
        {
            page.Row(
                string.Create(CultureInfo.InvariantCulture, $"{entry.Setting}[{entry.Index}]"),
                entry.Hits.ToString("N0", CultureInfo.InvariantCulture),
                entry.ToString() + (entry.IsShipped ? " It ships." : string.Empty));
        }

        page.EndTable();
    }
}
