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
        foreach (string line in standing.Count > 0 ? outcome.Headline.Unread : [])
        {
            // Said again at the end: above a screen of findings it would be out of sight.
            Line(console, "! " + VisibleText.Of(line));
        }

        if (standing.Count > 1)
        {
            console.Write(Overview(standing));
        }

        foreach (Detection detection in standing.Take(MaxPanels))
        {
            console.Write(DetectionPanel.Of(detection));
            foreach ((string tool, string filter) in DetectionText.Filters(detection))
            {
                // Outside the frame and whole, to be copied.
                Line(console, $"  {tool,-9}  {VisibleText.Of(filter)}");
            }
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
        foreach (string line in outcome.Headline.Lines)
        {
            Line(console, VisibleText.Of(line));
        }

        Line(console, SummaryText.Line(summary));
        foreach (string line in SettingsUseText.Lines(summary))
        {
            Line(console, line);
        }

        foreach (string warning in Warnings.Beside(outcome.Run, outcome.Result))
        {
            Line(console, "! " + VisibleText.Of(warning));
        }
    }

    /// <summary>A line that is not wrapped here, so that a search in the output finds it whole.</summary>
    private static void Line(IAnsiConsole console, string text) => console.Profile.Out.Writer.WriteLine(text);

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
