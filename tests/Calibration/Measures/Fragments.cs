using CipherWatch.Calibration.Corpus;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Statistics;
using CipherWatch.Core.Randomness.Structure;

namespace CipherWatch.Calibration.Measures;

/// <summary>What every method says of one fragment; larger means less like ciphertext.</summary>
internal readonly record struct Judged(
    double Ours, double Max2, double ChiSquare, double Entropy, double Fixed, double FullyEncrypted, double[] Ent, double[] Parts, bool Rejected)
{
    public static Judged Of(byte[] fragment)
    {
        uint[] counts = new uint[256];
        ByteHistogram.Count(fragment, counts);
        BitWindows windows = BitWindows.Of(fragment);
        double balance = BitStatistics.Of(counts, fragment.Length).BalanceZ;
        double autocorrelation = BitAutocorrelation.Z(fragment);
        double entropy = PluginEntropy.Of(counts, fragment.Length);
        return new Judged(
            CompressionEvidence.Z(windows, balance, autocorrelation),
            windows.Larger,
            Core.Randomness.Statistics.ChiSquare.Z(counts, fragment.Length),
            -entropy,
            entropy < CiphertextLoss.NdpiThreshold ? 1 : 0,
            References.FullyEncrypted(fragment) ? 0 : 1,
            References.Ent(fragment),
            [windows.Four, windows.Sixteen, windows.Larger, Math.Max(0, -balance), autocorrelation],
            PayloadScorer.Score(fragment, startSeen: false).Verdict != PayloadVerdict.Encrypted);
    }
}

/// <summary>Judged fragments of one length, apart by half: even-numbered streams to choose thresholds on, odd ones to measure.</summary>
internal sealed class Fragments
{
    public required int Length { get; init; }

    public required Judged[][] Cipher { get; init; }

    /// <summary>By kind, two halves each.</summary>
    public required Dictionary<string, Judged[][]> Kinds { get; init; }

    public static Fragments Make(int length, int perKind, int ciphertexts, CompressedCorpus corpus, IReadOnlyList<byte[]> plain)
    {
        Dictionary<string, Judged[][]> kinds = new Dictionary<string, Judged[][]>();
        foreach (string kind in corpus.Streams.Keys)
        {
            kinds[kind] = [.. Enumerable.Range(0, 2).Select(half => Trials.Run(perKind, (length * 2) + half, (random, _) =>
                corpus.Fragment(kind, length, random, half) is { } fragment ? Judged.Of(fragment) : (Judged?)null)
                .Where(j => j is not null).Select(j => j!.Value).ToArray())];
        }

        Judged[][] cipher = Enumerable.Range(0, 2).Select(half => Trials.Run(ciphertexts, length + half, (random, i) =>
            Judged.Of(Ciphers.Cipher.Encrypt(
                Ciphers.Cipher.Names[i % Ciphers.Cipher.Names.Length], PlainAsRandom.Window(plain, length, random), (i * 2) + half + (length << 8))))).ToArray();
        return new Fragments { Length = length, Kinds = kinds, Cipher = cipher };
    }
}
