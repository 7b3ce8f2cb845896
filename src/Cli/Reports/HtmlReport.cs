using CipherWatch.Cli.Runs;
using CipherWatch.Cli.Views;
using CipherWatch.Core.Detections;

namespace CipherWatch.Cli.Reports;

/// <summary>The result of a run as one HTML page that needs nothing else: to be attached to a ticket, read and printed.</summary>
/// <remarks>A function of what was found alone: no clock and no duration, so that the same input gives the same bytes.</remarks>
internal static class HtmlReport
{
    /// <summary>Hosts that the first sentence names.</summary>
    private const int MaxNamed = 5;

    /// <summary>Nothing that telemetry carries into the page may load or run anything.</summary>
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'";

    /// <summary>The page.</summary>
    public static string Of(DetectOutcome outcome)
    {
        HtmlWriter page = new();
        page.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Raw($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">\n<title>CipherWatch report</title>\n")
            .Raw($"<style>\n{ReportStyle.Css}\n</style>\n</head>\n<body>\n<main>\n<h1>CipherWatch report</h1>\n");
        foreach (string line in outcome.Headline.Lines)
        {
            page.Element("p", line);
        }

        page.Element("p", Who(outcome.Standing))
            .Element(
                "p class=\"soft\"",
                "Command and control behind symmetric cryptography, MITRE ATT&CK T1573.001. "
                + $"Settings: {outcome.Settings.Source} ({outcome.Settings.Settings.Version}). Times are UTC.");
        Warnings(page, Runs.Warnings.Beside(outcome.Run, outcome.Result));
        Section(page, "Detections", outcome.Standing);
        Section(page, "Network findings whose process is named above", [.. outcome.Published.Where(
            found => found is { Suppressed: null, SupersededBy: not null } && !outcome.Standing.Contains(found))]);
        Section(page, "Suppressed by an analyst's verdict", [.. outcome.Published.Where(found => found.Suppressed is not null)]);
        ReportSettings.Write(page, outcome.Summary);
        ReportInput.Write(page, outcome);
        return page.Raw("</main>\n</body>\n</html>\n").ToString();
    }

    private static string Who(IReadOnlyList<Detection> detections) => detections.Count == 0 ? string.Empty
        : $"{string.Join(", ", detections.Take(MaxNamed).Select(DetectionText.Who))}{(detections.Count > MaxNamed ? " …" : ".")}";

    private static void Warnings(HtmlWriter page, IReadOnlyList<string> warnings)
    {
        if (warnings.Count == 0)
        {
            return;
        }

        page.Raw("<h2>Before you trust this</h2>\n<ul>\n");
        foreach (string warning in warnings)
        {
            page.Element("li", warning);
        }

        page.Raw("</ul>\n");
    }

    private static void Section(HtmlWriter page, string heading, IReadOnlyList<Detection> detections)
    {
        if (detections.Count == 0)
        {
            return;
        }

        page.Element("h2", heading);
        foreach (Detection detection in detections)
        {
            ReportDetection.Write(page, detection);
        }
    }
}
