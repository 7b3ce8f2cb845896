using System.Globalization;
using CipherWatch.Cli.Runs;
using CipherWatch.Core.Detections;
using Spectre.Console;

namespace CipherWatch.Cli.Views;

/// <summary>Shows the result of a run to a person: each detection with what, where, why and what next, then the figures.</summary>
internal static class DetectionView
{
    /// <summary>Detections that are shown in full; a longer list is for a file or a report.</summary>
    private const int MaxPanels = 25;

    /// <summary>Writes it.</summary>
    public static void Write(IAnsiConsole console, DetectOutcome outcome)
    {
        IReadOnlyList<Detection> standing = outcome.Standing;
        if (standing.Count > 1)
        {
            console.Write(Overview(standing));
        }

        foreach (Detection detection in standing.Take(MaxPanels))
        {
            console.Write(DetectionPanel.Of(detection));
        }

        if (standing.Count > MaxPanels)
        {
            Line(console, string.Create(
                CultureInfo.InvariantCulture,
                $"{standing.Count - MaxPanels} more, all of lower confidence, are in the list above; ")
                + "--out or --report has them in full.");
        }

        RunSummary summary = outcome.Summary;
        Line(console, string.Empty);
        Line(console, summary.Records == 0
            ? "There was nothing to judge: no record was read."
            : standing.Count == 0
            ? "No hidden encrypted channel was found."
            : $"{SummaryText.Count(standing.Count, "detection")}: {BySeverity(standing)}.");
        if (summary.Superseded > 0)
        {
            Line(
                console, $"{SummaryText.Count(summary.Superseded, "network finding")} of the same channels, whose process is named above.");
        }

        if (summary.Suppressed > 0)
        {
            Line(console, $"{SummaryText.Count(summary.Suppressed, "detection")} suppressed by your settings.");
        }

        Line(console, SummaryText.Line(summary));
        foreach (string warning in summary.Warnings)
        {
            Line(console, "! " + VisibleText.Of(warning));
        }
    }

    /// <summary>A line that is not wrapped here, so that a search in the output finds it whole.</summary>
    private static void Line(IAnsiConsole console, string text) => console.Profile.Out.Writer.WriteLine(text);

    private static string BySeverity(IReadOnlyList<Detection> detections) => string.Join(
        ", ", detections.CountBy(detection => detection.Severity).OrderByDescending(count => count.Key).Select(count
            => $"{count.Value} {count.Key.Word()}"));

    private static Table Overview(IReadOnlyList<Detection> detections)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns("severity", "first seen (UTC)", "who", "talks to", "mostly because of");
        foreach (Detection detection in detections)
        {
            table.AddRow(
                new Text(
                    string.Create(
                        CultureInfo.InvariantCulture, $"{DetectionText.Heading(detection).Split(" · ")[0]}"), DetectionPanel.Colour(
                            detection.Severity)),
                new Text(DetectionText.Time(detection.WindowStart)),
                new Text(VisibleText.Of(DetectionText.Who(detection))),
                new Text(VisibleText.Of(DetectionText.Destination(detection.Destination) ?? string.Empty)),
                new Text(DetectionText.Reasons(detection)));
        }

        return table;
    }
}
