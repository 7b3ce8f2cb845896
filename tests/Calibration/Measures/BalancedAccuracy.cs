namespace CipherWatch.Calibration.Measures;

/// <summary>
/// Ciphertext against compressed data by one threshold common to all kinds, chosen on one half of the streams and
/// measured on the other: half the ciphertext accepted plus half the kind rejected, averaged over kinds alike.
/// </summary>
internal static class BalancedAccuracy
{
    public sealed record Result(double Average, double Threshold, double Accepted, IReadOnlyDictionary<string, double> ByKind);

    /// <summary>Kinds that the average is over; levels of deflate count as one.</summary>
    public static readonly (string Name, string[] Parts)[] Groups =
    [
        ("deflate", ["deflate-1", "deflate-6", "deflate-9"]), ("zstd-1", ["zstd-1"]), ("zstd-3", ["zstd-3"]), ("zstd-19", ["zstd-19"]),
        ("brotli-5", ["brotli-5"]), ("brotli-11", ["brotli-11"]), ("lz4", ["lz4"]), ("bzip2", ["bzip2"]), ("png", ["png"]),
        ("jpeg", ["jpeg"]), ("mp3", ["mp3"]), ("ogg", ["ogg"]), ("VP8", ["VP8"]),
    ];

    /// <summary>Kinds that are reported beside it.</summary>
    public static readonly (string Name, string[] Parts)[] Beside = [("zip", ["zip"]), ("xz", ["xz"]), ("H.264", ["H.264"]), ("WebP", ["webp"])];

    public static Result Measure(Fragments fragments, Func<Judged, double> method, double? threshold = null)
    {
        double chosen = threshold ?? Candidates(fragments, method).MaxBy(t => Average(fragments, method, t, half: 0, out _, out _));
        double average = Average(fragments, method, chosen, half: 1, out double accepted, out Dictionary<string, double>? byKind);
        return new Result(average, chosen, accepted, byKind);
    }

    /// <summary>The five numbers of ent, with their squares, weighed by a logistic regression on the first half.</summary>
    public static Func<Judged, double> LearnEnt(Fragments fragments)
    {
        Judged[] cipher = fragments.Cipher[0];
        double[] centre = Enumerable.Range(0, 5).Select(i => cipher.Average(j => j.Ent[i])).ToArray();
        double[] spread = Enumerable.Range(0, 5).Select(i => Math.Sqrt(cipher.Average(j => Math.Pow(j.Ent[i] - centre[i], 2)))).ToArray();
        double[] Row(Judged judged)
        {
            double[] z = judged.Ent.Select((v, i) => Math.Clamp((v - centre[i]) / spread[i], -8, 8)).ToArray();
            return [.. z, .. z.Select(Math.Abs), .. z.Select(v => v * v / 8), 1];
        }

        double[] fitted = Logistic.Fit(Training(fragments, Row, out bool[]? labels, out double[]? weights), labels, weights);
        return judged => Logistic.Dot(Row(judged), fitted);
    }

    /// <summary>Rows, labels and weights of the first half: every kind alike, ciphertext as much as all kinds.</summary>
    public static double[][] Training(Fragments fragments, Func<Judged, double[]> row, out bool[] labels, out double[] weights)
    {
        List<double[]> rows = new List<double[]>();
        List<bool> isCompressed = new List<bool>();
        List<double> weighed = new List<double>();
        foreach ((string _, string[]? parts) in Groups)
        {
            foreach (string? part in parts.Where(fragments.Kinds.ContainsKey))
            {
                Judged[] half = fragments.Kinds[part][0];
                foreach (Judged judged in half)
                {
                    rows.Add(row(judged));
                    isCompressed.Add(true);
                    weighed.Add(1.0 / parts.Length / half.Length);
                }
            }
        }

        double total = weighed.Sum();
        foreach (Judged judged in fragments.Cipher[0])
        {
            rows.Add(row(judged));
            isCompressed.Add(false);
            weighed.Add(total / fragments.Cipher[0].Length);
        }

        labels = [.. isCompressed];
        weights = [.. weighed];
        return [.. rows];
    }

    private static double Average(
        Fragments fragments, Func<Judged, double> method, double threshold, int half, out double accepted, out Dictionary<string, double> byKind)
    {
        double kept = fragments.Cipher[half].Count(j => method(j) <= threshold) / (double)fragments.Cipher[half].Length;
        accepted = kept;
        byKind = Groups.Concat(Beside)
            .Where(g => g.Parts.Any(p => fragments.Kinds.TryGetValue(p, out Judged[][]? k) && k[half].Length > 0))
            .ToDictionary(g => g.Name, g => g.Parts
                .Where(p => fragments.Kinds.TryGetValue(p, out Judged[][]? k) && k[half].Length > 0)
                .Average(p => (kept + (fragments.Kinds[p][half].Count(j => method(j) > threshold) / (double)fragments.Kinds[p][half].Length)) / 2));
        Dictionary<string, double> kinds = byKind;
        return Groups.Where(g => kinds.ContainsKey(g.Name)).Select(g => kinds[g.Name]).DefaultIfEmpty(double.NaN).Average();
    }

    private static IEnumerable<double> Candidates(Fragments fragments, Func<Judged, double> method)
    {
        double[] sorted = fragments.Cipher[0].Select(method).Order().ToArray();
        // From the median of ciphertext up; two values of a rule that says yes or no are between its values.
        return Enumerable.Range(0, 200).Select(i => sorted[(int)((0.5 + (i * 0.0025)) * (sorted.Length - 1))]).Append(0.5).Distinct();
    }
}
