using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using CipherWatch.Core.Ingestion;

namespace CipherWatch.Benchmarks;

/// <summary>Ratios of Linux formats in one run, over files given or over a synthetic audit log and syslog.</summary>
internal static class LinuxRatio
{
    private const int Records = 20_000;
    private const int WarmUpMs = 1000;
    private const int Repetitions = 31;

    /// <summary>Prints, for each input, our time over that of a bare scan of lines that splits fields at blanks, or of a token pass over JSON.</summary>
    public static void Print(string[] paths)
    {
        Console.WriteLine("Bytes to observations against a bare scan of lines with fields split at blanks, over spans and over strings,");
        Console.WriteLine("or a bare Utf8JsonReader token pass, over the same bytes: medians of interleaved repetitions.");
        Console.WriteLine($"{"input",-28} {"MB/s",6} {"spans",6} {"strings",7} {"tokens",6} {"bytes allocated a record",24}");
        if (paths.Length == 0)
        {
            Print("audit log", Encoding.UTF8.GetBytes(AuditLog()));
            Print("syslog", Encoding.UTF8.GetBytes(Syslog()));
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

    /// <summary>A log of reads, opens and connects as a busy host's: nine in ten records are of no use.</summary>
    private static string AuditLog()
    {
        StringBuilder text = new();
        for (int serial = 1; serial <= Records / 3; serial++)
        {
            string stamp = string.Create(CultureInfo.InvariantCulture, $"msg=audit({1767225600 + (serial / 100)}.{serial % 1000:D3}:{serial}):");
            (int call, string arguments) = (serial % 30) switch
            {
                0 => (42, "success=no exit=-115 a0=5 a1=7ffd a2=10 a3=0"),
                < 10 => (257, "success=yes exit=3 a0=ffffff9c a1=7ff9 a2=80000 a3=0"),
                _ => (0, "success=yes exit=4096 a0=3 a1=561d a2=1000 a3=7ff9"),
            };
            text.Append(CultureInfo.InvariantCulture, $"node=web1 type=SYSCALL {stamp} arch=c000003e syscall={call} {arguments} items=1 ppid=1689 pid={1000 + (serial % 50)} ")
                .Append("auid=1000 uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=(none) ses=705 comm=\"sshd\" exe=\"/usr/sbin/sshd\" key=(null)\n");
            text.Append(call == 42
                ? $"node=web1 type=SOCKADDR {stamp} saddr=020001BBC63364070000000000000000\n"
                : $"node=web1 type=CWD {stamp} cwd=\"/\"\nnode=web1 type=PATH {stamp} item=0 name=\"/etc/login.defs\" inode=99877041 dev=08:02 mode=0100644 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL\n");
        }

        return text.ToString();
    }

    private static string Syslog()
    {
        StringBuilder text = new();
        for (int line = 0; line < Records; line++)
        {
            text.Append(CultureInfo.InvariantCulture, $"Jan  1 00:{line / 60 % 60:D2}:{line % 60:D2} web1 ").Append((line % 20) switch
            {
                0 => $"sshd[{line}]: Accepted publickey for ana from 203.0.113.9 port {40000 + (line % 20000)} ssh2: ED25519 SHA256:abc\n",
                < 10 => $"CRON[{line}]: (root) CMD (touch /var/run/crond.somecheck)\n",
                _ => $"systemd[1]: Started Session {line} of user ana.\n",
            });
        }

        return text.ToString();
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
