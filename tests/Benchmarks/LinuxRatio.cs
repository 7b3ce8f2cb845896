using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using CipherWatch.Benchmarks.Synthetic;
using CipherWatch.Core.Ingestion;

namespace CipherWatch.Benchmarks;

/// <summary>Ratios of Linux formats in one run, of the lines of macOS too, over files given or over synthetic logs.</summary>
internal static class LinuxRatio
{
    private const int WarmUpMs = 4000;
    private const int Repetitions = 31;

    /// <summary>Prints, for each input, our time over that of a bare scan of lines that splits fields at blanks, or of a token pass over JSON.</summary>
    public static void Print(string[] paths)
    {
        Console.WriteLine("Bytes to observations against a bare scan of lines with fields split at blanks, over spans and over strings,");
        Console.WriteLine("or a bare Utf8JsonReader token pass, over the same bytes: medians of interleaved repetitions.");
        Console.WriteLine($"{"input",-28} {"MB/s",6} {"spans",6} {"strings",7} {"tokens",6} {"bytes allocated a record",24}");
        if (paths.Length == 0)
        {
            Print("audit log", LinuxLogs.Audit(syslogHead: ""));
            Print("audit log behind syslog", LinuxLogs.Audit(syslogHead: "Jan  1 00:00:00 web1 audisp-syslog: "));
            Print("syslog", LinuxLogs.Syslog());
            Print("unified log, compact", LinuxLogs.UnifiedLog());
        }

        foreach (string path in paths)
        {
            Print(Path.GetFileName(path), Read(path));
        }
    }

    private static void Print(string name, byte[] bytes)
    {
        bool isJson = bytes[0] == (byte)'{';
        UncaringReceiver receiver = new();
        List<double> ours = [];
        List<double> spans = [];
        List<double> others = [];
        long records = 0;
        double allocated = 0;
        long started = Stopwatch.GetTimestamp();
        while (ours.Count < Repetitions)
        {
            bool isWarm = Stopwatch.GetElapsedTime(started).TotalMilliseconds > WarmUpMs;
            Ingestor ingestor = new(receiver, receiver);
            long before = GC.GetAllocatedBytesForCurrentThread();
            double reading = Seconds(() =>
            {
                ingestor.Read(bytes, name);
                ingestor.Finish();
            });
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            records = ingestor.Counts.Records;
            double scanning = isJson ? 0 : Seconds(() => _ = Scan(bytes));
            double other = Seconds(() => _ = isJson ? TokenPass.Count(bytes) : Split(bytes));
            if (isWarm)
            {
                ours.Add(reading);
                spans.Add(scanning);
                others.Add(other);
            }
        }

        string spanRatio = isJson ? "-" : (Median(ours) / Median(spans)).ToString("F2", CultureInfo.InvariantCulture);
        string otherRatio = (Median(ours) / Median(others)).ToString("F2", CultureInfo.InvariantCulture);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-28} {bytes.Length / Median(ours) / 1e6,6:F0} {spanRatio,6} {(isJson ? "-" : otherRatio),7} {(isJson ? otherRatio : "-"),6} {allocated / records,24:F1}"));
    }

    /// <summary>The yardstick without a single allocation: every line, every word of it.</summary>
    private static long Scan(ReadOnlySpan<byte> bytes)
    {
        long parts = 0;
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? default : bytes[(end + 1)..];
            while (line.IndexOf((byte)' ') is >= 0 and var blank)
            {
                parts++;
                line = line[(blank + 1)..];
            }

            parts++;
        }

        return parts;
    }

    private static long Split(byte[] bytes)
    {
        using StreamReader lines = new(new MemoryStream(bytes));
        long parts = 0;
        while (lines.ReadLine() is { } line)
        {
            parts += line.Split(' ').Length;
        }

        return parts;
    }

    private static byte[] Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using MemoryStream bytes = new();
        plain.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Of the processor, so that what else a busy machine does is left out.</summary>
    private static double Seconds(Action action)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
