using CipherWatch.Calibration.Ciphers;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Statistics;

namespace CipherWatch.Calibration.Measures;

/// <summary>How much true ciphertext the score and the shipped verdict lose, by length and cipher.</summary>
internal static class CiphertextLoss
{
    public sealed record Row(
        int Length, int Samples, double ByScore, double ByVerdict, double FixedThreshold,
        IReadOnlyDictionary<string, double> ByCipher, IReadOnlyDictionary<PayloadVerdict, double> As, double Mean, double Deviation);

    /// <summary>Samples that share one key and one run of the cipher.</summary>
    private const int PerKey = 50;

    /// <summary>nDPI's fixed entropy threshold.</summary>
    public const double NdpiThreshold = 7.312;

    public static Row Measure(int length, int samples, IReadOnlyList<byte[]> plain)
    {
        string[] names = Cipher.Names;
        (string name, PayloadScore[] scores)[] batches = Trials.Run(samples / PerKey, length, (random, batch) =>
        {
            byte[] bundle = plain[random.Next(plain.Count)];
            int need = length * PerKey;
            byte[] text = new byte[need];
            for (int at = 0; at < need; at += bundle.Length)
            {
                bundle.AsSpan(0, Math.Min(bundle.Length, need - at)).CopyTo(text.AsSpan(at));
            }

            string name = names[batch % names.Length];
            byte[] stream = Cipher.Encrypt(name, text, unchecked((length * 7919) + batch));
            PayloadScore[] scores = new PayloadScore[PerKey];
            for (int i = 0; i < PerKey; i++)
            {
                scores[i] = PayloadScorer.Score(stream.AsSpan(i * length, length));
            }

            return (name, scores);
        });
        PayloadScore[] all = batches.SelectMany(b => b.scores).ToArray();
        double[] evidence = all.Where(s => s.CompressionZ is not null).Select(s => s.CompressionZ!.Value).ToArray();
        double mean = evidence.DefaultIfEmpty().Average();
        return new Row(
            length,
            all.Length,
            Share(all, s => s.Score < LengthCorrected.DefaultThreshold),
            Share(all, s => s.Verdict != PayloadVerdict.Encrypted),
            Share(all, s => s.Entropy < NdpiThreshold),
            names.ToDictionary(n => n, n => Share([.. batches.Where(b => b.name == n).SelectMany(b => b.scores)], s => s.Score < LengthCorrected.DefaultThreshold)),
            all.GroupBy(s => s.Verdict).ToDictionary(g => g.Key, g => (double)g.Count() / all.Length),
            mean,
            Math.Sqrt(evidence.Select(z => (z - mean) * (z - mean)).DefaultIfEmpty().Average()));
    }

    private static double Share(PayloadScore[] scores, Func<PayloadScore, bool> holds) => (double)scores.Count(holds) / Math.Max(1, scores.Length);
}
