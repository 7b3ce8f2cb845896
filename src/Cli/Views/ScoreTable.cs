using System.Globalization;
using CipherWatch.Cli.Scoring;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using Spectre.Console;

namespace CipherWatch.Cli.Views;

/// <summary>Shows scored samples to a person.</summary>
internal static class ScoreTable
{
    /// <summary>Writes one table of the files, and one of the flows of each capture.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<ScoredSample> samples)
    {
        ScoredSample[] files = [.. samples.Where(sample => sample.Flow is null)];
        if (files.Length > 0)
        {
            console.Write(Of(files, flows: false));
        }

        foreach (IGrouping<string, ScoredSample> capture in samples.Where(sample => sample.Flow is not null).GroupBy(sample => sample.File))
        {
            console.Profile.Out.Writer.WriteLine(capture.Key);
            console.Write(Of(capture, flows: true));
        }
    }

    private static Table Of(IEnumerable<ScoredSample> samples, bool flows)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumn(flows ? "flow" : "file");
        if (flows)
        {
            table.AddColumn("handshake");
        }

        foreach (string number in (string[])["length", "entropy", "expected", "score", "z"])
        {
            table.AddColumn(new TableColumn(number).RightAligned().NoWrap());
        }

        table.AddColumn(new TableColumn("verdict").NoWrap()).AddColumn("recognised");
        foreach (ScoredSample sample in samples)
        {
            string handshake = sample.Handshake is { } seen ? seen.Word() ?? string.Empty : string.Empty;
            string[] where = flows ? [sample.Flow!, handshake] : [sample.File];
            string[] what =
            [
                sample.Score.Length.ToString(CultureInfo.InvariantCulture),
                Number(sample.Score.Entropy),
                Number(sample.Score.ExpectedEntropy),
                Number(sample.Score.Score),
                Number(sample.Score.Z),
                ScoreText.Verdict(sample.Score),
                ScoreText.Recognised(sample.Score),
            ];
            table.AddRow([.. where.Concat(what).Select(cell => new Text(VisibleText.Of(cell)))]);
        }

        return table;
    }

    private static string Number(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–";
}
