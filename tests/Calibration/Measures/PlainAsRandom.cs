using CipherWatch.Calibration.Corpus;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Statistics;

namespace CipherWatch.Calibration.Measures;

/// <summary>How often plaintext passes as random: by the score alone, and by the verdict.</summary>
internal static class PlainAsRandom
{
    public sealed record Row(string Kind, int Length, double ByScore, double ByVerdict);

    public static IEnumerable<Row> Measure(IReadOnlyDictionary<string, List<byte[]>> plain, List<byte[]> code, int[] lengths, int samples)
    {
        List<(string, Func<int, Random, byte[]>)> kinds = new List<(string, Func<int, Random, byte[]>)>();
        foreach (string name in ProtocolMessages.Names)
        {
            kinds.Add((name, (length, random) => ProtocolMessages.Make(name, length, random)));
        }

        foreach ((string? name, List<byte[]>? bundles) in plain)
        {
            kinds.Add((name is "elf" or "pe" ? name + " (any part)" : name, (length, random) => Window(bundles, length, random)));
        }

        if (code.Count > 0)
        {
            kinds.Add(("x86 code", (length, random) => Window(code, length, random)));
        }

        foreach ((string? name, Func<int, Random, byte[]>? make) in kinds)
        {
            foreach (int length in lengths)
            {
                // Messages are judged without their first bytes being believed: the statistics are what is measured.
                (bool Random, bool Encrypted)[] scores = Trials.Run(samples, length, (random, _) =>
                {
                    PayloadScore score = PayloadScorer.Score(make(length, random), startSeen: false);
                    return (Random: score.Score >= LengthCorrected.DefaultThreshold, Encrypted: score.Verdict == PayloadVerdict.Encrypted);
                });
                yield return new Row(name, length, (double)scores.Count(s => s.Random) / samples, (double)scores.Count(s => s.Encrypted) / samples);
            }
        }
    }

    public static byte[] Window(IReadOnlyList<byte[]> bundles, int length, Random random)
    {
        byte[] bundle = bundles[random.Next(bundles.Count)];
        return bundle.AsSpan(random.Next(bundle.Length - length), length).ToArray();
    }
}
