using CipherWatch.Calibration.Corpus;
using CipherWatch.Calibration.Measures;
using CipherWatch.Core.Randomness.Accumulation;
using static CipherWatch.Calibration.Report.Page;

namespace CipherWatch.Calibration.Report;

/// <summary>The sections about many samples, weak ciphers, transports and cost.</summary>
internal static class FlowSections
{
    private static readonly int[] XorLengths = [128, 192, 256, 512];
    private static readonly int[] EcbLengths = [256, 512, 1024, 2048, 4096];
    private static readonly int[] FalseLengths = [128, 256, 512, 1024, 4096];

    public static void Together(Page page, Options options, CompressedCorpus corpus)
    {
        List<Accumulation.Row> rows = Accumulation.Measure(corpus, options.Count(400), options.Count(4_000)).ToList();
        page.Heading("Samples together")
            .Paragraph($"Per cent of flows called compressed from K consecutive samples of {Accumulation.SampleLength} B of one stream (Σ clipped evidence / √K above {Number(AccumulatedEvidence.CompressedZ, 1)}; of more than {AccumulatedEvidence.MaxIndependent} samples, their mean as {AccumulatedEvidence.MaxIndependent}); for ciphertext these are the false ones.")
            .Table(["kind", .. Accumulation.Counts.Select(Whole)], rows.Select(r => (IEnumerable<string>)[r.Kind, .. Accumulation.Counts.Select(k => Percent(r.Found[k], 1))]))
            .Plot("accumulation", "Flows called compressed by number of samples", rows.Take(1).Concat(rows.Skip(1).OrderByDescending(r => Accumulation.Counts.Sum(k => r.Found[k]))).Aggregate(
                new LineChart("Flows called compressed, by samples of 512 B", "per cent (thick: ciphertext, falsely)", 0, 100).Over(Accumulation.Counts),
                (chart, r) => chart.Line(r.Kind, Accumulation.Counts.Select(k => 100 * r.Found[k]))).Write("samples"));
    }

    public static void Weak(Page page, Options options, IReadOnlyDictionary<string, List<byte[]>> plain, CompressedCorpus corpus)
    {
        List<WeakCiphers.XorRow> xor = WeakCiphers.Xor(plain, XorLengths, options.Count(1_000)).ToList();
        page.Heading("Repeating-key XOR")
            .Paragraph("Per cent found / per cent found with the right key length, over plaintext that the byte models were not fitted on. Keys are random bytes; one that only flips letter case, or repeats inside itself, is drawn again.")
            .Table(
                ["plaintext", "bytes", .. xor.Select(r => r.Keys).Distinct().Select(k => $"key {k} B")],
                xor.GroupBy(r => (r.Class, r.Length)).Select(g => (IEnumerable<string>)[g.Key.Class, Whole(g.Key.Length), .. g.Select(r => $"{Percent(r.Found, 1)} / {Percent(r.RightLength, 1)}")]));

        page.Plot("xor", "XOR keys found by length of the sample", xor.Select(r => r.Keys).Distinct().Aggregate(
            new LineChart("Repeating XOR keys found with their length: text, markup, JSON, code", "per cent", 0, 100).Over(XorLengths),
            (chart, keys) => chart.Line($"key of {keys} B", XorLengths.Select(n => 100 * xor
                .Where(r => r.Keys == keys && r.Length == n && r.Class is not ("elf" or "pe")).Average(r => r.RightLength))))
            .Write("bytes in the sample"));

        List<WeakCiphers.EcbRow> ecb = WeakCiphers.Ecb(plain, EcbLengths, options.Count(1_000)).ToList();
        page.Heading("ECB")
            .Paragraph("Per cent of payloads in which an aligned plaintext block repeats / found / found among those with a repeat.")
            .Table(
                ["cipher", "plaintext", .. EcbLengths.Select(Whole)],
                ecb.GroupBy(r => (r.Cipher, r.Class)).Select(g => (IEnumerable<string>)[g.Key.Cipher, g.Key.Class, .. g.Select(r => $"{Percent(r.HasRepeat, 1)} / {Percent(r.Found, 1)} / {Percent(r.FoundWhereRepeated, 1)}")]));

        List<WeakCiphers.FalseRow> absent = WeakCiphers.False(plain, corpus, FalseLengths, options.Count(4_000)).ToList();
        page.Heading("XOR and ECB where there is none")
            .Paragraph("Per cent called XOR / per cent with ECB repeats.")
            .Table(
                ["kind", .. FalseLengths.Select(Whole)],
                absent.GroupBy(r => r.Kind).Select(g => (IEnumerable<string>)[g.Key, .. g.Select(r => $"{Percent(r.Xor)} / {Percent(r.Ecb)}")]));
    }

    public static void Obfuscated(Page page, Options options)
    {
        List<Transports.Row> rows = Transports.Measure(options.Count(2_000)).ToList();
        page.Heading("Transports without a key exchange on the wire")
            .Paragraph("Generated flows, both directions, their start seen: per cent with the verdict *encrypted without key exchange*. A length prefix exempts nothing.")
            .Table(
                ["transport", "caught", "verdicts"],
                rows.Select(r => (IEnumerable<string>)[r.Transport, Percent(r.Caught, 1), string.Join(", ", r.Verdicts.OrderByDescending(v => v.Value).Select(v => $"{v.Key} {v.Value}"))]));
    }

    public static void Times(Page page, Options options)
    {
        page.Heading("Cost")
            .Paragraph("Over samples of 512 B, the shortest of many rounds, as a multiple of a loop that only counts bytes. The first stage allocates nothing; later stages see only what it leaves open.")
            .Table(["stage", "ns a sample", "ratio"], Cost.Measure().Select(r => (IEnumerable<string>)[r.Stage, Number(r.Nanoseconds, 0), Number(r.Ratio)]));
        if (EntProcess.Measure(options) is { Count: > 0 } rows)
        {
            page.Paragraph("Against `ent` as whole processes over one file, the shortest of five. Of this project's time some 200 ms are the start of the runtime. `ent` reads the whole file; this project scores its first MiB and says what it is. What `ent` prints is what the learned five-number method above is given.")
                .Table(
                    ["file", "bytes", "ent ms", "this project ms", "ratio", "ent: entropy, chi-square", "this project"],
                    rows.Select(r => (IEnumerable<string>)[r.File, Whole(r.Bytes), Number(r.EntMilliseconds, 1), Number(r.OurMilliseconds, 1), Number(r.OurMilliseconds / r.EntMilliseconds), r.EntSays, r.WeSay]));
        }
    }
}
