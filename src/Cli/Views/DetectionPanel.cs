using System.Globalization;
using CipherWatch.Core.Detections;
using Spectre.Console;

namespace CipherWatch.Cli.Views;

/// <summary>One detection as a panel.</summary>
internal static class DetectionPanel
{
    private const int LabelWidth = 9;

    /// <summary>Characters of one text that are shown; encoded command lines run to thousands.</summary>
    private const int MaxChars = 360;

    /// <summary>The panel.</summary>
    public static Panel Of(Detection detection)
    {
        Rows content = new(
            new Text(VisibleText.Of(detection.Title), new Style(decoration: Decoration.Bold)),
            Text.Empty,
            Pairs(DetectionText.Place(detection).Select(line => (line.Label, line.Text))),
            Text.Empty,
            new Text("Why", new Style(decoration: Decoration.Bold)),
            Pairs(DetectionText.Why(detection)),
            Text.Empty,
            new Text("Next", new Style(decoration: Decoration.Bold)),
            Pairs(NextSteps.For(detection).Select((step, index) => ($"{index + 1}.", step))));
        return new(content)
        {
            Header = new(Markup.Escape(DetectionText.Heading(detection))),
            Border = BoxBorder.Rounded,
            BorderStyle = Colour(detection.Severity),
            Expand = true,
        };
    }

    /// <summary>The colour of a severity.</summary>
    public static Style Colour(Severity severity) => severity switch
    {
        Severity.High => new Style(Color.Red),
        Severity.Medium => new Style(Color.Yellow),
        _ => new Style(Color.Aqua),
    };

    private static string Shorten(string text) => text.Length <= MaxChars ? text : string.Create(
        CultureInfo.InvariantCulture, $"{text.AsSpan(0, MaxChars)} … ({text.Length} characters; --out and --report have all)");

    private static Grid Pairs(IEnumerable<(string Label, string Text)> lines)
    {
        Grid grid = new();
        grid.AddColumn(new GridColumn { Width = LabelWidth, NoWrap = true, Padding = new(1, 0, 1, 0) });
        grid.AddColumn(new GridColumn { Padding = new(0, 0, 0, 0) });
        foreach ((string label, string text) in lines)
        {
            grid.AddRow(new Text(label), new Text(VisibleText.Of(Shorten(text))));
        }

        return grid;
    }
}
