using System.Diagnostics;
using System.Globalization;
using CipherWatch.Benchmarks.Synthetic;
using CipherWatch.Core.Ingestion;

namespace CipherWatch.Benchmarks;

/// <summary>Ratios of network formats in one run: interleaved repetitions, so that a busy machine disturbs both sides alike.</summary>
internal static class NetworkRatio
{
    private const int Records = 10_000;
    private const int WarmUps = 5;
    private const int Repetitions = 25;

    /// <summary>Prints, for each format, our time over that of a bare pass, and what a record allocates.</summary>
    public static void Print()
    {
        Console.WriteLine("Bytes to observations against a bare Utf8JsonReader token pass, or a bare split of TSV lines, over the same bytes.");
        Console.WriteLine($"{"format",-28} {"MB/s",6} {"ratio of medians",17} {"of fastest",11} {"bytes allocated a record",25}");
        foreach ((string name, bool isJson, Func<int, byte[]> write) in NetworkDay.All)
        {
            byte[] bytes = write(Records);
            UncaringReceiver receiver = new();
            Ingestor ingestor = new(receiver, receiver);
            List<double> ours = [];
            List<double> bare = [];
            for (int repetition = -WarmUps; repetition < Repetitions; repetition++)
            {
                double mine = Seconds(() => ingestor.Read(bytes, name));
                double theirs = Seconds(() => _ = isJson ? TokenPass.Count(bytes) : SplitPass.Count(bytes));
                if (repetition >= 0)
                {
                    ours.Add(mine);
                    bare.Add(theirs);
                }
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            ingestor.Read(bytes, name);
            double allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Records;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-28} {bytes.Length / Median(ours) / 1e6,6:F0} {Median(ours) / Median(bare),17:F2} {ours.Min() / bare.Min(),11:F2} {allocated,25:F1}"));
        }
    }

    private static double Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
