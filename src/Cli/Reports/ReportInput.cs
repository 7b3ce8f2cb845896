using System.Globalization;
using CipherWatch.Cli.Runs;
using CipherWatch.Core.Pipeline.Reporting;

namespace CipherWatch.Cli.Reports;

/// <summary>What a report says of its input: how much there was, from where, and what could not be used.</summary>
internal static class ReportInput
{
    /// <summary>Writes it.</summary>
    public static void Write(HtmlWriter page, DetectOutcome outcome)
    {
        RunSummary summary = outcome.Summary;
        page.Element("h2", "What was read").Head("In all", "what", "count")
            .Row("files", Number(summary.Files))
            .Row("records", Number(summary.Records))
            .Row("observed", Number(summary.Observed))
            .Row("skipped as irrelevant", Number(summary.Skipped - summary.UnreadPackets))
            .Row("packets skipped because they could not be read", Number(summary.UnreadPackets))
            .Row("dead-lettered", Number(summary.DeadLettered))
            .Row("observations", Number(summary.Observations))
            .Row("entities", Number(summary.Entities))
            .EndTable()
            .Head("By source", "source", "records");
        foreach ((string source, long count) in summary.BySource)
        {
            page.Row(source, Number(count));
        }

        page.EndTable();
        DeadLetters(page, outcome.Run.DeadLetters.Reasons);
    }

    private static void DeadLetters(HtmlWriter page, IReadOnlyList<UnreadReason> reasons)
    {
        if (reasons.Count == 0)
        {
            return;
        }

        page.Head("Records that could not be used, by reason", "source", "reason", "records", "first at");
        foreach (UnreadReason reason in reasons)
        {
            page.Row(
                reason.Source, reason.Reason, Number(reason.Count),
                string.Create(CultureInfo.InvariantCulture, $"{reason.First.Input}, line {reason.First.Line}, byte {reason.First.Offset}"));
        }

        page.EndTable();
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
