using System.Diagnostics;
using System.Globalization;
using CipherWatch.Benchmarks.Synthetic;
using CipherWatch.Core.Ingestion;

namespace CipherWatch.Benchmarks;

/// <summary>Ratios of network formats in one run: interleaved repetitions, so that a busy machine disturbs all sides alike.</summary>
internal static class NetworkRatio
{
    private const int Records = 10_000;

    /// <summary>Long enough for the just-in-time compiler to have done with the code, milliseconds.</summary>
    private const int WarmUpMs = 1000;
    private const int Repetitions = 51;

    /// <summary>Prints, for each format, our time over that of a bare pass, without and with ids, and what a record allocates.</summary>
    public static void Print() => Print(NetworkDay.All, '\t');

    /// <summary>The same of hosts' logs, whose lines are split at their blanks.</summary>
    public static void PrintHosts() => Print(HostDay.All, ' ');

    private static void Print((string Name, bool IsJson, Func<int, byte[]> Write)[] day, char separator)
    {
        Console.WriteLine("Bytes to observations against a bare Utf8JsonReader token pass, or a bare split of TSV lines, over the same bytes:");
        Console.WriteLine("medians of interleaved repetitions, and the fastest of each. An observation's id is worked out when it is asked for:");
        Console.WriteLine("'no id' is reading alone, 'with id' has every observation's id inside the measured time.");
        Console.WriteLine($"{"format",-26} {"MB/s",5} {"no id: median",13} {"fastest",7} {"with id: median",15} {"fastest",7} {"bytes allocated a record",24}");
        foreach ((string name, bool isJson, Func<int, byte[]> write) in day)
        {
            Print(name, isJson, write(Records), separator);
        }
    }

    private static void Print(string name, bool isJson, byte[] bytes, char separator)
    {
        UncaringReceiver receiver = new();
        UncaringReceiver asking = new(asksForIds: true);
        Ingestor ingestor = new(receiver, receiver);
        Ingestor identifying = new(asking, asking);
        List<double> ours = [];
        List<double> withIds = [];
        List<double> bare = [];
        long started = Stopwatch.GetTimestamp();
        while (ours.Count < Repetitions)
        {
            bool isWarm = Stopwatch.GetElapsedTime(started).TotalMilliseconds > WarmUpMs;
            double reading = Seconds(() => ingestor.Read(bytes, name));
            double identified = Seconds(() => identifying.Read(bytes, name));
            double yardstick = Seconds(() => _ = isJson ? TokenPass.Count(bytes) : SplitPass.Count(bytes, separator));
            if (isWarm)
            {
                ours.Add(reading);
                withIds.Add(identified);
                bare.Add(yardstick);
            }
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        ingestor.Read(bytes, name);
        double allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Records;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-26} {bytes.Length / Median(ours) / 1e6,5:F0} {Median(ours) / Median(bare),13:F2} {ours.Min() / bare.Min(),7:F2} {Median(withIds) / Median(bare),15:F2} {withIds.Min() / bare.Min(),7:F2} {allocated,24:F1}"));
    }

    private static double Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
