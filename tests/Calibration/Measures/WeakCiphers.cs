using System.Text;
using CipherWatch.Calibration.Ciphers;
using CipherWatch.Calibration.Corpus;
using CipherWatch.Core.Randomness;

namespace CipherWatch.Calibration.Measures;

/// <summary>Repeating-key XOR and ECB mode: what is found, and what is found where there is none.</summary>
internal static class WeakCiphers
{
    public sealed record XorRow(string Class, int Length, string Keys, double Found, double RightLength);

    public sealed record FalseRow(string Kind, int Length, double Xor, double Ecb);

    public sealed record EcbRow(string Cipher, string Class, int Length, double HasRepeat, double Found, double FoundWhereRepeated);

    private static readonly (string Name, int From, int To)[] Keys = [("1", 1, 1), ("2–4", 2, 4), ("5–8", 5, 8), ("9–16", 9, 16), ("17–32", 17, 32), ("2–32", 2, 32)];

    public static IEnumerable<XorRow> Xor(IReadOnlyDictionary<string, List<byte[]>> plain, int[] lengths, int samples)
    {
        foreach ((string? name, List<byte[]>? bundles) in plain)
        {
            foreach (int length in lengths)
            {
                foreach ((string? keys, int from, int to) in Keys)
                {
                    (bool Found, bool Right)[] results = Trials.Run(samples, length + from + (to << 16), (random, _) =>
                    {
                        byte[] key = new byte[random.Next(from, to + 1)];
                        do
                        {
                            random.NextBytes(key);
                        }
                        while (key.All(k => k is 0 or 0x20) || IsRepetition(key));

                        byte[] sample = PlainAsRandom.Window(Held(bundles), length, random);
                        for (int i = 0; i < sample.Length; i++)
                        {
                            sample[i] ^= key[i % key.Length];
                        }

                        PayloadScore score = PayloadScorer.Score(sample, startSeen: false);
                        return (Found: score.Verdict == PayloadVerdict.Xor, Right: score.XorKeyLength == key.Length);
                    });
                    yield return new XorRow(name, length, keys, (double)results.Count(r => r.Found) / samples, (double)results.Count(r => r.Right) / samples);
                }
            }
        }
    }

    /// <summary>Findings on data under neither: ciphertext, compressed streams, plaintext of every class, UTF-16.</summary>
    public static IEnumerable<FalseRow> False(
        IReadOnlyDictionary<string, List<byte[]>> plain, CompressedCorpus corpus, int[] lengths, int samples)
    {
        List<(string, Func<int, Random, byte[]?>)> kinds = new List<(string, Func<int, Random, byte[]?>)>
        {
            ("ciphertext", (length, random) => Cipher.Encrypt(Cipher.Names[random.Next(Cipher.Names.Length)], new byte[length], random.Next())),
            ("http", (length, random) => ProtocolMessages.Make("http", length, random)),
        };
        foreach ((string? name, List<byte[]>? bundles) in plain)
        {
            kinds.Add((name, (length, random) => PlainAsRandom.Window(bundles, length, random)));
        }

        if (plain.TryGetValue("text", out List<byte[]>? text))
        {
            kinds.Add(("utf-16", (length, random) => Encoding.Unicode.GetBytes(Encoding.Latin1.GetString(PlainAsRandom.Window(text, length / 2, random)))));
        }

        foreach (string kind in corpus.Streams.Keys)
        {
            kinds.Add((kind, (length, random) => corpus.Fragment(kind, length, random)));
        }

        foreach ((string? name, Func<int, Random, byte[]?>? make) in kinds)
        {
            foreach (int length in lengths)
            {
                PayloadScore?[] scores = Trials.Run(samples, length + 1, (random, _) => make(length, random) is { } sample ? PayloadScorer.Score(sample, startSeen: false) : null)
                    .Where(s => s is not null).ToArray();
                yield return new FalseRow(
                    name, length,
                    scores.Count(s => s!.Verdict == PayloadVerdict.Xor) / (double)Math.Max(1, scores.Length),
                    scores.Count(s => s!.EcbRepeats > 0) / (double)Math.Max(1, scores.Length));
            }
        }
    }

    public static IEnumerable<EcbRow> Ecb(IReadOnlyDictionary<string, List<byte[]>> plain, int[] lengths, int samples)
    {
        foreach ((string? cipher, int block) in new[] { ("AES-ECB", 16), ("DES-ECB", 8) })
        {
            foreach ((string? name, List<byte[]>? bundles) in plain)
            {
                foreach (int length in lengths)
                {
                    (bool Repeated, bool Found)[] results = Trials.Run(samples, length + block, (random, i) =>
                    {
                        byte[] text = PlainAsRandom.Window(bundles, length, random);
                        bool repeated = text.Chunk(block).GroupBy(b => Convert.ToHexString(b)).Any(g => g.Count() > 1);
                        PayloadScore score = PayloadScorer.Score(Cipher.Encrypt(cipher, text, i + 1), startSeen: false);
                        return (Repeated: repeated, Found: score.EcbRepeats > 0);
                    });
                    int with = results.Count(r => r.Repeated);
                    yield return new EcbRow(
                        cipher, name, length, (double)with / samples, (double)results.Count(r => r.Found) / samples,
                        with == 0 ? double.NaN : (double)results.Count(r => r.Repeated && r.Found) / with);
                }
            }
        }
    }

    /// <summary>The odd-numbered bundles, which the byte models were not fitted on; all where there is only one.</summary>
    private static List<byte[]> Held(List<byte[]> bundles) => bundles.Count < 2 ? bundles : [.. bundles.Where((_, i) => i % 2 == 1)];

    // A key that repeats inside itself is a shorter key.
    private static bool IsRepetition(byte[] key) =>
        Enumerable.Range(1, key.Length - 1).Any(p => key.Length % p == 0 && key.Select((b, i) => b == key[i % p]).All(same => same));
}
