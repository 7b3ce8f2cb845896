using System.Diagnostics;
using CipherWatch.Calibration.Ciphers;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Statistics;
using CipherWatch.Core.Randomness.Structure;

namespace CipherWatch.Calibration.Measures;

/// <summary>
/// Time of each stage over 512-byte samples, as a multiple of a bare histogram pass over the same bytes: that of text takes
/// longer than that of ciphertext, since a letter that comes twice waits for its own count.
/// </summary>
internal static class Cost
{
    private const int Length = 512;
    private const int Samples = 512;
    private const int Rounds = 60;
    private const int WarmUpMilliseconds = 700;

    public readonly record struct Row(string Stage, double Nanoseconds, double Ratio);

    public static List<Row> Measure()
    {
        byte[] data = Cipher.Encrypt("AES-CTR", new byte[Length * Samples], 1);
        byte[] text = new byte[Length * Samples];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = (byte)(data[i] < 40 ? ' ' : 'a' + (data[i] % 26));
        }

        double bare = Best(data, Bare);
        double bareText = Best(text, Bare);
        return
        [
            new("bare histogram pass, ciphertext", bare, 1),
            new("bare histogram pass, text", bareText, 1),
            Time("first stage, ciphertext", data, s => FirstStage.Judge(s).Z, bare),
            Time("first stage, text", text, s => FirstStage.Judge(s).Z, bareText),
            Time("histogram alone", data, s => { Span<uint> c = stackalloc uint[256]; ByteHistogram.Count(s, c); return c[0]; }, bare),
            Time("entropy alone", data, s => PluginEntropy.Of(Counts, Length), bare),
            Time("printable alone", data, s => PrintableBytes.Count(s), bare),
            Time("moments alone", data, s => UniformEntropy.Moments(s.Length).Mean, bare),
            Time("compression evidence", data, s => CompressionEvidence.Z(s, 0), bare),
            Time("block repeats", data, s => BlockRepeats.Count(s, out _), bare),
            Time("XOR reading", data, s => RepeatingXor.Read(s).Evidence, bare, rounds: 4),
            Time("whole score, ciphertext", data, s => PayloadScorer.Score(s).Entropy, bare, rounds: 3),
            Time("whole score, text", text, s => PayloadScorer.Score(s).Entropy, bareText, rounds: 3),
        ];
    }

    private static readonly uint[] Counts = [.. Enumerable.Repeat(2u, 256)];
    private delegate double Stage(ReadOnlySpan<byte> sample);

    private static Row Time(string name, byte[] data, Stage stage, double bare, int rounds = Rounds)
    {
        double time = Best(data, stage, rounds);
        return new Row(name, time, time / bare);
    }

    /// <summary>The pass everything is compared with: a loop over the bytes that counts them.</summary>
    private static double Bare(ReadOnlySpan<byte> sample)
    {
        Span<uint> counts = stackalloc uint[256];
        counts.Clear();
        foreach (byte value in sample)
        {
            counts[value]++;
        }

        return counts[0];
    }

    /// <summary>Shortest of many rounds: other work on the machine only ever adds.</summary>
    private static double Best(byte[] data, Stage stage, int rounds = Rounds)
    {
        double best = double.MaxValue;
        double keep = 0;
        // Long enough for the compiler to see what is hot and to compile it again beside us.
        for ((Stopwatch? warm, int at) = (Stopwatch.StartNew(), 0); warm.ElapsedMilliseconds < WarmUpMilliseconds; at = (at + Length) % data.Length)
        {
            keep += stage(data.AsSpan(at, Length));
        }

        for (int round = 0; round < rounds * 2; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int at = 0; at < data.Length; at += Length)
            {
                keep += stage(data.AsSpan(at, Length));
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Samples);
        }

        return keep == double.Epsilon ? 0 : best;
    }
}
