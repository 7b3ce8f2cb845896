using System.Net;
using System.Text;
using CipherWatch.Cli.Views;

namespace CipherWatch.Cli.Reports;

/// <summary>Builds a page; every text goes through one place that escapes it.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _page = new();

    /// <summary>Adds markup of ours.</summary>
    public HtmlWriter Raw(string markup)
    {
        _page.Append(markup);
        return this;
    }

    /// <summary>Adds an element that holds text.</summary>
    /// <param name="tag">The tag, with attributes of ours.</param>
    /// <param name="text">The text, of whatever origin.</param>
    public HtmlWriter Element(string tag, string text)
    {
        int end = tag.IndexOf(' ', StringComparison.Ordinal);
        _page.Append('<').Append(tag).Append('>').Append(Escape(text)).Append("</").Append(end < 0 ? tag : tag[..end]).Append(">\n");
        return this;
    }

    /// <summary>Adds a row of a table: a heading cell, then data.</summary>
    public HtmlWriter Row(string heading, params ReadOnlySpan<string> cells)
    {
        _page.Append("<tr><th scope=\"row\">").Append(Escape(heading)).Append("</th>");
        foreach (string cell in cells)
        {
            _page.Append("<td>").Append(Escape(cell)).Append("</td>");
        }

        _page.Append("</tr>\n");
        return this;
    }

    /// <summary>Adds the head of a table.</summary>
    public HtmlWriter Head(string caption, params ReadOnlySpan<string> columns)
    {
        _page.Append("<table>\n<caption>").Append(Escape(caption)).Append("</caption>\n<thead><tr>");
        foreach (string column in columns)
        {
            _page.Append("<th scope=\"col\">").Append(Escape(column)).Append("</th>");
        }

        _page.Append("</tr></thead>\n<tbody>\n");
        return this;
    }

    /// <summary>Ends a table.</summary>
    public HtmlWriter EndTable() => Raw("</tbody>\n</table>\n");

    /// <inheritdoc/>
    public override string ToString() => _page.ToString();

    private static string Escape(string text) => WebUtility.HtmlEncode(VisibleText.Of(text));
}
