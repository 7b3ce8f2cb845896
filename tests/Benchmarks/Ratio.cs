using System.Diagnostics;
using System.Globalization;
using CipherWatch.Core.Ingestion;

namespace CipherWatch.Benchmarks;

/// <summary>Ratios of one run: interleaved repetitions, medians, so that a busy machine disturbs both sides alike.</summary>
internal static class Ratio
{
    private const int Repetitions = 15;

    /// <summary>Prints the ratios over the given inputs.</summary>
    public static void Print(IEnumerable<(string Name, byte[] Bytes, bool IsJson)> inputs)
    {
        Console.WriteLine("input                          MiB   ours MB/s  tokens MB/s  ratio  bytes/skipped record  records");
        foreach ((string name, byte[] bytes, bool isJson) in inputs)
        {
            UncaringReceiver receiver = new();
            Ingestor ingestor = new(receiver, receiver);
            List<double> ours = [];
            List<double> theirs = [];
            for (int repetition = 0; repetition < Repetitions + 3; repetition++)
            {
                double mine = Time(() => ingestor.Read(new MemoryStream(bytes), name));
                double tokens = isJson ? Time(() => TokenPass.Count(bytes)) : double.NaN;
                if (repetition >= 3)
                {
                    ours.Add(mine);
                    theirs.Add(tokens);
                }
            }

            double seconds = Median(ours);
            double yardstick = Median(theirs);
            double megabytes = bytes.Length / 1e6;
            IngestionCounts counts = ingestor.Counts;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28} {bytes.Length / 1048576.0,6:F1} {megabytes / seconds,11:F0} {megabytes / yardstick,12:F0} {seconds / yardstick,6:F2} {0,21:F2} {counts.Records / (Repetitions + 3),8} obs {counts.Observed} skip {counts.Skipped} dead {counts.DeadLettered}"));
        }
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
