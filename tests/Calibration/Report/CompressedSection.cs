using CipherWatch.Calibration.Corpus;
using CipherWatch.Calibration.Measures;
using static CipherWatch.Calibration.Report.Page;

namespace CipherWatch.Calibration.Report;

/// <summary>The section that tells ciphertext from compressed data by one fragment.</summary>
internal static class CompressedSection
{
    private static readonly int[] Lengths = [64, 128, 256, 512, 1024, 1460, 4096, 8192, 65536];
    private static readonly int[] FittedLengths = [512, 1460, 8192];

    private static readonly (string Name, Func<Fragments, BalancedAccuracy.Result> Measure)[] Methods =
    [
        ("this project", f => BalancedAccuracy.Measure(f, j => j.Ours)),
        ("larger of two bit-window scores", f => BalancedAccuracy.Measure(f, j => j.Max2)),
        ("five numbers of ent, learned", f => BalancedAccuracy.Measure(f, BalancedAccuracy.LearnEnt(f))),
        ("chi-square", f => BalancedAccuracy.Measure(f, j => j.ChiSquare)),
        ("entropy, best threshold", f => BalancedAccuracy.Measure(f, j => j.Entropy)),
        ("fully-encrypted rules", f => BalancedAccuracy.Measure(f, j => j.FullyEncrypted, 0.5)),
        ("entropy ≥ 7.312", f => BalancedAccuracy.Measure(f, j => j.Fixed, 0.5)),
    ];

    public static void Write(Page page, Options options, CompressedCorpus corpus, IReadOnlyList<byte[]> plain, Action<string> log)
    {
        Fragments[] all = Lengths.Select(length =>
        {
            log($"fragments of {length}");
            return Fragments.Make(
                length, options.Count(length > 8192 ? 120 : length > 1460 ? 600 : 1200), options.Count(length > 8192 ? 2_000 : 12_000), corpus, plain);
        }).ToArray();
        (string Name, BalancedAccuracy.Result[] Results)[] results = Methods.Select(m => (m.Name, Results: all.Select(m.Measure).ToArray())).ToArray();
        BalancedAccuracy.Result[] ours = results[0].Results;
        page.Heading("Ciphertext or compressed: one fragment from the middle of a stream")
            .Paragraph("Balanced accuracy in per cent, averaged over deflate, zstd 1/3/19, brotli 5/11, lz4, bzip2, png, jpeg, mp3, ogg and VP8 alike; one threshold a length for all kinds, chosen on the even-numbered streams and measured on the odd ones.")
            .Table(["method", .. Lengths.Select(Whole)], results.Select(r => (IEnumerable<string>)[r.Name, .. r.Results.Select(x => Percent(x.Average, 1))])
                    .Append(["literature, learned (EnCoD; other bytes)", .. Lengths.Select(n => n == 512 ? "82" : n == 8192 ? "92" : "–")]))
            .Plot("compressed", "Balanced accuracy by length and method", results.Aggregate(
                new LineChart("Ciphertext or compressed, one fragment", "balanced accuracy, %", 50, 100).Over(Lengths),
                (chart, r) => chart.Line(r.Name, r.Results.Select(x => 100 * x.Average))).Write("bytes in the fragment"))
            .Paragraph("This project by kind; the last four are not in the average. xz, H.264 and WebP are arithmetic-coded: only their magic or the protocol around them names them.")
            .Table(
                ["kind", .. Lengths.Select(Whole)],
                ours.SelectMany(r => r.ByKind.Keys).Distinct().Select(kind => (IEnumerable<string>)[kind, .. ours.Select(r => Percent(r.ByKind.GetValueOrDefault(kind, double.NaN), 0))])
                    .Append(["*threshold*", .. ours.Select(r => Number(r.Threshold))])
                    .Append(["*ciphertext accepted*", .. ours.Select(r => Percent(r.Accepted, 1))]))
            .Paragraph("Per cent that the shipped verdict does not call `encrypted`, whose thresholds lose under 2 % of ciphertext:")
            .Table(
                ["kind", .. Lengths.Select(Whole)],
                corpus.Streams.Keys.Select(kind => (IEnumerable<string>)[kind, .. all.Select(f => Percent(Rejected(f.Kinds[kind]), 0))])
                    .Append(["*ciphertext*", .. all.Select(f => Percent(Rejected(f.Cipher)))]));
        Weights(page, [.. all.Where(f => FittedLengths.Contains(f.Length))]);
    }

    private static void Weights(Page page, Fragments[] used)
    {
        List<double[]> rows = new List<double[]>();
        List<bool> labels = new List<bool>();
        List<double> weights = new List<double>();
        for (int n = 0; n < used.Length; n++)
        {
            // One constant a length, the same weights for all.
            int place = n;
            rows.AddRange(BalancedAccuracy.Training(
                used[n],
                j => [.. j.Parts.Select(p => Math.Clamp(p, -4, 8)), .. Enumerable.Range(0, used.Length).Select(i => i == place ? 1.0 : 0)],
                out bool[]? l, out double[]? w));
            labels.AddRange(l);
            weights.AddRange(w);
        }

        double[] b = Logistic.Fit([.. rows], [.. labels], [.. weights]);
        page.Paragraph("The five weights, fitted anew on the even-numbered streams of 512, 1,460 and 8,192 B together, scaled to the same sum, beside those in the source:")
            .Table(
                ["", "four bits", "sixteen bits", "larger of ten and eight", "lack of ones", "autocorrelation"],
                [["fitted", .. b.Take(5).Select(v => Number(2.15 * v / b.Take(5).Sum()))], ["in the source", "0.40", "0.40", "0.40", "0.60", "0.35"]]);
    }

    private static double Rejected(Judged[][] halves)
    {
        Judged[] all = halves.SelectMany(h => h).ToArray();
        return all.Length == 0 ? double.NaN : all.Count(j => j.Rejected) / (double)all.Length;
    }
}
