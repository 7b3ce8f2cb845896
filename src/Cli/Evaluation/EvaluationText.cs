using System.Globalization;
using System.Text;
using CipherWatch.Core.Detections;

namespace CipherWatch.Cli.Evaluation;

/// <summary>An evaluation as Markdown tables: read on the terminal as they are, and committed as a page.</summary>
internal static class EvaluationText
{
    private static readonly Severity[] Severities = [Severity.High, Severity.Medium, Severity.Low];

    /// <summary>All tables.</summary>
    public static string Of(EvaluationResult result)
    {
        StringBuilder text = new();
        Table(
            text, ["", "recall", "precision", "false alarms"],
            result.Rules.Select(rule => (string[])[rule.Name, Share(rule.Recall), Share(rule.Precision), Number(rule.FalseAlarms)]));
        if (result.ByVisibility.Count > 0)
        {
            Recall(text, "what the telemetry shows", result.ByVisibility);
        }

        // Families of one process each, as of a simulated fleet, say no more than their kinds do.
        if (result.ByFamily.Any(family => family.Any.Of > 2))
        {
            Recall(text, "family", result.ByFamily);
        }

        Recall(text, "kind", result.ByKind);
        Table(
            text, ["false alarms", "count", "per 1,000 hosts and day"],
            Severities.Select(severity => (string[])
            [
                severity.Word(),
                Number(result.FalseAlarms.GetValueOrDefault(severity)),
                result.PerThousandHostDays(severity)?.ToString("N2", CultureInfo.InvariantCulture) ?? "no host was named",
            ]));
        Table(
            text, ["evidence", "weight", "implants", "background", "likelihood ratio (95 %)"],
            result.LikelihoodRatios.Select(ratio => (string[])
            [
                $"`{ratio.Kind}`",
                Number(ratio.Weight),
                string.Create(CultureInfo.InvariantCulture, $"{ratio.OfC2} of {ratio.C2}"),
                string.Create(CultureInfo.InvariantCulture, $"{ratio.OfBackground} of {ratio.Background}"),
                string.Create(CultureInfo.InvariantCulture, $"{ratio.Ratio:0.##} ({ratio.Low:0.##}–{ratio.High:0.##})"),
            ]));
        foreach (Detection alarm in result.FalseAlarmsNamed)
        {
            text.Append(
                CultureInfo.InvariantCulture, $"False alarm, {alarm.Severity.Word()} {alarm.Confidence}: {alarm.Host} {alarm.Title}\n");
        }

        return text.ToString();
    }

    private static void Recall(StringBuilder text, string what, IReadOnlyList<RecallRow> rows)
    {
        Table(
            text, [what, "found at medium and up", "found at all"],
            rows.Select(row => (string[])[row.Name, Share(row.Medium), Share(row.Any)]));
        foreach (string missed in rows.SelectMany(row => row.Missed.Select(missed => $"Missed, {what} {row.Name}: {missed}\n")))
        {
            text.Append(missed);
        }

        text.Append(rows.Any(row => row.Missed.Count > 0) ? "\n" : string.Empty);
    }

    private static void Table(StringBuilder text, IReadOnlyList<string> columns, IEnumerable<string[]> rows)
    {
        text.Append(
            CultureInfo.InvariantCulture,
                $"| {string.Join(" | ", columns)} |\n|{string.Concat(Enumerable.Repeat("---|", columns.Count))}\n");
        foreach (string[] row in rows)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                    $"| {string.Join(" | ", row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n");
        }

        text.Append('\n');
    }

    private static string Share(WilsonInterval interval) => interval.Share is { } share
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{interval.Hits} of {interval.Of}: {share * 100:0.0} % ({interval.Low * 100:0.0}–{interval.High * 100:0.0})")
        : "of none";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
