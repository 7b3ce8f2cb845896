using System.Globalization;
using System.Text;

namespace CipherWatch.Calibration.Report;

/// <summary>The report as Markdown, with its plots beside it.</summary>
internal sealed class Page(string folder, string name)
{
    private readonly StringBuilder _text = new();

    public Page Title(string title) => Add($"# {title}\n");

    public Page Heading(string heading) => Add($"\n## {heading}\n");

    public Page Paragraph(string paragraph) => Add($"\n{paragraph}\n");

    public Page Table(IEnumerable<string> header, IEnumerable<IEnumerable<string>> rows)
    {
        string[] columns = header.ToArray();
        Add($"\n| {string.Join(" | ", columns)} |\n|{string.Concat(Enumerable.Repeat("---|", columns.Length))}\n");
        foreach (IEnumerable<string> row in rows)
        {
            Add($"| {string.Join(" | ", row)} |\n");
        }

        return this;
    }

    public Page Plot(string plot, string alternative, string svg)
    {
        Directory.CreateDirectory(Path.Combine(folder, "calibration"));
        File.WriteAllText(Path.Combine(folder, "calibration", plot + ".svg"), svg);
        return Add($"\n![{alternative}](calibration/{plot}.svg)\n");
    }

    public void Save()
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name + ".md"), _text.ToString());
    }

    /// <summary>A share as percent.</summary>
    public static string Percent(double share, int digits = 2) => double.IsNaN(share) ? "–" : Number(100 * share, digits);

    /// <summary>A number with a fixed count of digits.</summary>
    public static string Number(double value, int digits = 2) =>
        value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A whole number with separators.</summary>
    public static string Whole(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private Page Add(string text)
    {
        _text.Append(text);
        return this;
    }
}
