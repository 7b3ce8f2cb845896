using System.Globalization;
using CipherWatch.Cli.Scoring;
using CipherWatch.Core.Telemetry;
using Spectre.Console;

namespace CipherWatch.Cli.Views;

/// <summary>Shows scored samples to a person.</summary>
internal static class ScoreTable
{
    /// <summary>Writes the table.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<ScoredSample> samples)
    {
        bool flows = samples.Any(sample => sample.Flow is not null);
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumn("file");
        if (flows)
        {
            table.AddColumn("flow").AddColumn("handshake");
        }

        foreach (string number in (string[])["length", "entropy", "expected", "score", "z"])
        {
            table.AddColumn(new TableColumn(number).RightAligned().NoWrap());
        }

        table.AddColumn(new TableColumn("verdict").NoWrap()).AddColumn("recognised");
        foreach (ScoredSample sample in samples)
        {
            string handshake = sample.Handshake is { } seen ? Words.Of(seen) ?? string.Empty : string.Empty;
            string[] where = flows ? [sample.File, sample.Flow ?? string.Empty, handshake] : [sample.File];
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
            table.AddRow([.. where.Concat(what).Select(cell => new Text(cell))]);
        }

        console.Write(table);
    }

    private static string Number(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–";
}
