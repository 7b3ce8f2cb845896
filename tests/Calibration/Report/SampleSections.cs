using CipherWatch.Calibration.Ciphers;
using CipherWatch.Calibration.Corpus;
using CipherWatch.Calibration.Measures;
using CipherWatch.Core.Randomness;
using static CipherWatch.Calibration.Report.Page;

namespace CipherWatch.Calibration.Report;

/// <summary>The sections about single samples of ciphertext and of plaintext.</summary>
internal static class SampleSections
{
    private static readonly int[] CipherLengths = [32, 48, 64, 80, 96, 128, 192, 256, 320, 512, 1024, 1460, 2048, 4096, 8192, 16384];
    private static readonly int[] PlainLengths = [48, 64, 96, 128, 256, 512, 1460];

    /// <summary>Samples of a length: at short ones, where the loss is largest, enough for two true digits.</summary>
    private static int Samples(int length) => length switch
    {
        <= 96 => 600_000,
        <= 4096 => 100_000,
        _ => 20_000,
    };

    public static void Ciphertext(Page page, Options options, IReadOnlyList<byte[]> plain)
    {
        List<CiphertextLoss.Row> rows = CipherLengths.Select(n => CiphertextLoss.Measure(n, options.Count(Samples(n)), plain)).ToList();
        page.Heading("True ciphertext that is lost")
            .Paragraph("Per cent of ciphertext below the default score of 7.2, and per cent whose shipped verdict is not `encrypted`, for whatever reason. Under 64 B no sample is called encrypted; its score is what accumulates.")
            .Table(
                ["bytes", "samples", "score < 7.2", "verdict", "taken for compressed", "taken for a protocol", "binary", "entropy < 7.312", "evidence mean", "evidence SD"],
                rows.Select(r => (IEnumerable<string>)[
                    Whole(r.Length), Whole(r.Samples), Percent(r.ByScore), r.Length < SampleLengths.Verdict ? "all" : Percent(r.ByVerdict),
                    Percent(r.As.GetValueOrDefault(PayloadVerdict.Compressed)), Percent(r.As.GetValueOrDefault(PayloadVerdict.Protocol), 3),
                    Percent(r.As.GetValueOrDefault(PayloadVerdict.Binary)), Percent(r.FixedThreshold, 1), Number(r.Mean, 3), Number(r.Deviation, 3)]))
            .Paragraph("By cipher, per cent below 7.2:")
            .Table(
                ["bytes", .. Cipher.Names],
                rows.Select(r => (IEnumerable<string>)[Whole(r.Length), .. Cipher.Names.Select(n => Percent(r.ByCipher[n]))]))
            .Plot("ciphertext", "Ciphertext lost by length", new LineChart("Ciphertext lost, by length", "per cent lost (5: 5 and more)", 0, 5)
                .Over(rows.Select(r => r.Length))
                .Line("shipped verdict", rows.Select(r => r.Length < SampleLengths.Verdict ? double.NaN : 100 * r.ByVerdict))
                .Line("score ≥ 7.2", rows.Select(r => 100 * r.ByScore))
                .Line("entropy ≥ 7.312", rows.Select(r => 100 * r.FixedThreshold))
                .Write("bytes in the sample"));
    }

    public static void Plain(Page page, Options options, IReadOnlyDictionary<string, List<byte[]>> plain)
    {
        List<byte[]> code = CodeSections.Load(PlainSources.DefaultFolders().Concat(options.Plain), most: 24);
        List<PlainAsRandom.Row> rows = PlainAsRandom.Measure(plain, code, PlainLengths, options.Count(20_000)).ToList();
        page.Heading("Plaintext that passes as random")
            .Paragraph("Per cent with a score of 7.2 and more / per cent with the verdict `encrypted`. First bytes are not believed here. Parts of executables hold compressed resources, signatures and tables of random constants, which no statistic calls anything else. Kerberos messages hold 54 bytes of true ciphertext.")
            .Table(
                ["kind", .. PlainLengths.Select(Whole)],
                rows.GroupBy(r => r.Kind).Select(g => (IEnumerable<string>)[g.Key, .. g.Select(r => $"{Percent(r.ByScore)} / {Percent(r.ByVerdict)}")]));
    }
}
