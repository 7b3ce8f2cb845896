using System.Text.RegularExpressions;

namespace CipherWatch.Cli.Tests.Reports;

public sealed partial class HtmlReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_that_telemetry_says_becomes_markup()
    {
        const string Attack = "</td><script>alert(1)</script>";
        await Ran.Of("demo", "--quiet", "--out-dir", _folder["demo"]);
        string file = _folder["demo/telemetry/sysmon-winlogbeat.json"];
        File.WriteAllText(file, File.ReadAllText(file).Replace("--tray", Attack, StringComparison.Ordinal));
        _folder.Write($"demo/telemetry/odd<b>name.log", "not telemetry\n");
        await Ran.Of("detect", "--quiet", _folder["demo/telemetry"], "--report", _folder["r.html"]);
        string report = File.ReadAllText(_folder["r.html"]);
        Assert.DoesNotContain("<script", report, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)", report, StringComparison.Ordinal);
        Assert.Contains("odd&lt;b&gt;name.log", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_needs_nothing_else_and_is_whole()
    {
        await Ran.Of("demo", "--quiet", "--out-dir", _folder["demo"]);
        string report = File.ReadAllText(_folder["demo/report.html"]);
        Assert.DoesNotMatch(External(), report);
        Assert.Contains("lang=\"en\"", report, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", report, StringComparison.Ordinal);
        Assert.Contains("encryptedNoHandshake", report, StringComparison.Ordinal);
        foreach (string tag in (string[])["table", "tbody", "tr", "td", "th", "article", "ol", "ul", "li", "p", "h2", "h3", "main", "body", "html"])
        {
            Assert.Equal(Regex.Count(report, $"<{tag}[ >]"), Regex.Count(report, $"</{tag}>"));
        }
    }

    [Fact]
    public async Task The_same_input_gives_the_same_page_and_dead_letters_are_listed_by_reason()
    {
        string input = _folder.Write("x.log", "one\ntwo\n");
        await Ran.Of("detect", "--quiet", input, "--report", _folder["1.html"]);
        await Ran.Of("detect", "--quiet", input, "--report", _folder["2.html"], "--batch-size", "1");
        Assert.Equal(File.ReadAllText(_folder["1.html"]), File.ReadAllText(_folder["2.html"]));
        Assert.Contains("Nothing could be judged: 2 of 2 records could not be read; 2 times: ", File.ReadAllText(_folder["1.html"]), StringComparison.Ordinal);
        Assert.DoesNotContain("No hidden encrypted channel", File.ReadAllText(_folder["1.html"]), StringComparison.Ordinal);
        Assert.Contains("x.log, line 1, byte 0", File.ReadAllText(_folder["1.html"]), StringComparison.Ordinal);
    }

    [GeneratedRegex("(src|href)=|url\\(|@import|<link|<img", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex External();
}
