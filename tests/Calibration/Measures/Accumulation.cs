using CipherWatch.Calibration.Ciphers;
using CipherWatch.Calibration.Corpus;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Accumulation;

namespace CipherWatch.Calibration.Measures;

/// <summary>Share of flows that K samples of 512 B of one stream call compressed; for ciphertext, the false ones.</summary>
internal static class Accumulation
{
    public const int SampleLength = 512;

    public sealed record Row(string Kind, IReadOnlyDictionary<int, double> Found);

    public static readonly int[] Counts = [1, 2, 4, 8, 16, 32, 64];

    public static IEnumerable<Row> Measure(CompressedCorpus corpus, int flows, int cipherFlows)
    {
        int most = Counts[^1];
        yield return Summarise("ciphertext", Trials.Run(cipherFlows, 77, (_, i) =>
            Evidence(Cipher.Encrypt(Cipher.Names[i % Cipher.Names.Length], new byte[SampleLength * most], i + 5_000_000)))!);
        foreach (string kind in corpus.Streams.Keys)
        {
            // Consecutive windows of one stream: the hard case, since a stream's bias is one throw.
            yield return Summarise(kind, Trials.Run(flows, 78, (random, _) =>
                corpus.Fragment(kind, SampleLength * most, random) is { } run ? Evidence(run) : null));
        }
    }

    private static double[]? Evidence(byte[] run)
    {
        SampleFact[] facts = Enumerable.Range(0, run.Length / SampleLength).Select(i => SampleFact.Of(
            PayloadScorer.Score(run.AsSpan(i * SampleLength, SampleLength), startSeen: false))).ToArray();
        return [.. Counts.Select(k => AccumulatedEvidence.Of(facts.AsSpan(0, k)).CompressionZ)];
    }

    private static Row Summarise(string kind, IEnumerable<double[]?> flows)
    {
        double[]?[] made = flows.Where(f => f is not null).ToArray();
        return new Row(kind, Counts.Select((k, i) => (k, i)).ToDictionary(
            c => c.k, c => made.Length == 0 ? double.NaN : made.Count(f => f![c.i] > AccumulatedEvidence.CompressedZ) / (double)made.Length));
    }
}
