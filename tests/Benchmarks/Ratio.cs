using System.Diagnostics;
using System.Globalization;
using CipherWatch.Benchmarks.Synthetic;
using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Benchmarks;

/// <summary>Ratios of one run: interleaved repetitions and medians, so that a busy machine disturbs both sides alike.</summary>
internal static class Ratio
{

    /// <summary>Long enough for the just-in-time compiler to have done with the code, milliseconds.</summary>
    private const int WarmUpMs = 1000;
    private const int Repetitions = 15;

    /// <summary>Prints, for each input, our time over that of a bare token pass, and what skipped records allocate.</summary>
    public static void Print(IReadOnlyList<string> paths)
    {
        Console.WriteLine("Bytes to observations against a bare Utf8JsonReader token pass over the same bytes: medians of interleaved repetitions.");
        Console.WriteLine("XML has no token pass; its yardstick is the pass over the first input.");
        Console.WriteLine($"{"input",-44} {"MiB",6} {"MB/s",6} {"tokens MB/s",11} {"ratio",6}   records = observed + skipped + dead-lettered");
        Input? first = null;
        foreach (Input input in Input.All(paths))
        {
            first ??= input.IsJson ? input : null;
            Print(input, input.IsJson ? input : first);
        }

        Console.WriteLine();
        Console.WriteLine($"{"rendering",-44} {"bytes allocated a skipped record",34} {"an unwanted library load",26}");
        foreach ((string name, _, Action<Stream, SyntheticEvent> write) in Renderings.All)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-44} {Allocation.PerSkippedRecord(write),34:F2} {Allocation.PerUnwantedLoad(write),26:F2}"));
        }
    }

    private static void Print(Input input, Input? yardstick)
    {
        UncaringReceiver receiver = new();
        Ingestor ingestor = new(receiver, receiver);
        List<double> ours = [];
        List<double> tokens = [];
        long started = Stopwatch.GetTimestamp();
        int runs = 0;
        while (ours.Count < Repetitions)
        {
            bool isWarm = Stopwatch.GetElapsedTime(started).TotalMilliseconds > WarmUpMs;
            runs++;
            double mine = Seconds(() => ingestor.Read(new MemoryStream(input.Bytes), input.Name));
            double bare = yardstick is null ? double.NaN : Seconds(() => TokenPass.Count(yardstick.Bytes));
            if (isWarm)
            {
                ours.Add(mine / input.Bytes.Length);
                tokens.Add(bare / yardstick?.Bytes.Length ?? double.NaN);
            }
        }

        IngestionCounts counts = ingestor.Counts;
        string name = input.Name.Length > 44 ? input.Name[..44] : input.Name;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-44} {input.Bytes.Length / (double)(1 << 20),6:F1} {1e-6 / Median(ours),6:F0} {1e-6 / Median(tokens),11:F0} {Median(ours) / Median(tokens),6:F2}   {counts.Records / runs} = {counts.Observed / runs} + {counts.Skipped / runs} + {counts.DeadLettered / runs}"));
    }

    private static double Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
