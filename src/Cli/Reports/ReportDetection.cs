using CipherWatch.Cli.Views;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Cli.Reports;

/// <summary>One detection in a report.</summary>
internal static class ReportDetection
{
    /// <summary>Writes it.</summary>
    public static void Write(HtmlWriter page, Detection detection)
    {
        page.Raw($"<article class=\"{detection.Severity.Word()}\">\n")
            .Element("p class=\"tag\"", DetectionText.Heading(detection))
            .Element("h3", detection.Title)
            .Head("Where", "what", "value");
        foreach ((string label, string text) in DetectionText.Place(detection))
        {
            page.Row(label, text);
        }

        foreach ((string tool, string filter) in DetectionText.Filters(detection))
        {
            page.Row($"{tool}, to copy", filter);
        }

        page.EndTable().Head("Why: the evidence, the heaviest first", "weight", "what was seen", "kind", "first at (UTC)");
        foreach (EvidencePiece evidence in detection.Evidence)
        {
            page.Row(
                DetectionText.Weight(evidence.Weight), evidence.Detail, evidence.Kind,
                evidence.Time is { } time ? DetectionText.Time(time) : string.Empty);
        }

        if (ConfidenceLimit.Of(detection) is { } limit)
        {
            page.Row(DetectionText.Weight(limit.Points), limit.Why, "limit", string.Empty);
        }

        page.EndTable();
        if (detection.Suppressed is { } suppressed)
        {
            page.Element("p", $"Suppressed: {suppressed.Reason}{(suppressed.Author is { } author ? $" ({author})" : string.Empty)}");
        }

        page.Element("h4", "Next").Raw("<ol>\n");
        foreach (string step in NextSteps.For(detection))
        {
            page.Element("li", step);
        }

        page.Raw("</ol>\n")
            .Element(
                "p class=\"soft\"",
                $"To suppress it in the settings, with a reason: {SuppressionDraft.Json(SuppressionDraft.Scope(detection))}")
            .Element("p class=\"soft\"", $"Detection {detection.DetectionId}").Raw("</article>\n");
    }
}
