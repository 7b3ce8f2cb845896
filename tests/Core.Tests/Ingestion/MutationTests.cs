using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using CipherWatch.Benchmarks.Synthetic;
using CipherWatch.Core.Telemetry.Formats;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Golden;
using CipherWatch.Core.Tests.Telemetry.Captures;
using CipherWatch.Core.Tests.Telemetry.Windows.Evtx;

namespace CipherWatch.Core.Tests.Ingestion;

/// <summary>
/// Damaged telemetry: never throws, never loses a byte, and reads the same however it is split. A short seeded run by default;
/// <c>CIPHERWATCH_FUZZ_SECONDS</c> makes it as long as it says, with a seed from <c>CIPHERWATCH_FUZZ_SEED</c> and, where
/// <c>CIPHERWATCH_FUZZ_FORMATS</c> names some with commas between, over the golden samples of those formats alone.
/// </summary>
public class MutationTests(ITestOutputHelper output)
{
    private const int ShortRounds = 400;
    private const int MaxSampleLength = 20_000;

    [Fact]
    public void Damaged_records_are_accounted_for() =>
        Run([.. Formats.Length == 0 ? Samples() : Goldens(Formats)], (damaged, _) => damaged, CheckRecords);

    /// <summary>Binary event logs, of several chunks.</summary>
    [Fact]
    public void Damaged_event_logs_are_accounted_for() => Run([.. EventLogs()], (damaged, _) => damaged, CheckRecords);

    /// <summary>Captures are read to where they can be, and no byte is lost behind a break.</summary>
    [Fact]
    public void Damaged_captures_are_accounted_for() => Run([.. Captures()], (damaged, _) => damaged, CheckCapture);

    /// <summary>Telemetry of every format and captures, damaged within gzip or as gzip.</summary>
    [Fact]
    public void Damaged_gzip_is_accounted_for() => Run(
        [.. Samples(), .. Captures()],
        (damaged, random) => Mutations.Damage(Gzip(damaged), damaged, random),
        CheckGzip);

    private void Run(byte[][] samples, Func<byte[], Random, byte[]> wrap, Action<byte[], int[]> check)
    {
        int seconds = Setting("CIPHERWATCH_FUZZ_SECONDS", 0);
        int seed = Setting("CIPHERWATCH_FUZZ_SEED", 400);
        Random random = new(seed);
        long start = Stopwatch.GetTimestamp();
        TimeSpan slowest = default;
        long bytes = 0;
        int round = 0;
        for (; seconds > 0 ? Stopwatch.GetElapsedTime(start).TotalSeconds < seconds : round < ShortRounds; round++)
        {
            byte[] damaged = wrap(Mutations.Damage(samples[random.Next(samples.Length)], samples[random.Next(samples.Length)], random), random);
            int[] sizes = [random.Next(1, 300), random.Next(1, 4000)];
            long began = Stopwatch.GetTimestamp();
            try
            {
                check(damaged, sizes);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"seed {seed}, round {round}: {Convert.ToBase64String(damaged)}", exception);
            }

            TimeSpan took = Stopwatch.GetElapsedTime(began);
            slowest = took > slowest ? took : slowest;
            bytes += damaged.Length;
        }

        output.WriteLine(FormattableString.Invariant($"{round} rounds over {samples.Length} samples, {bytes} bytes, slowest round {slowest.TotalMilliseconds:F0} ms"));
    }

    private static Reading CheckSplit(byte[] damaged, int[] sizes)
    {
        Reading whole = Reading.Of(damaged);
        Assert.Equal(whole.Summary(), Reading.InChunks(damaged, sizes).Summary());
        Assert.Equal(whole.Counts.Records, whole.RecordsDone);
        Assert.Equal(whole.Counts.DeadLettered, whole.DeadLetters.Count(letter => letter.Part == 0));
        return whole;
    }

    private static void CheckRecords(byte[] damaged, int[] sizes) => Coverage.AssertComplete(damaged, CheckSplit(damaged, sizes));

    private static void CheckCapture(byte[] damaged, int[] sizes)
    {
        Reading whole = CheckSplit(damaged, sizes);
        Assert.All(whole.Observations, observation => Assert.NotEmpty(ObservationJson.ToUtf8(observation)));
    }

    /// <summary>Of damaged gzip what came out before is read, and the rest kept: where it came as a whole, the whole.</summary>
    private static void CheckGzip(byte[] damaged, int[] sizes)
    {
        Reading body = Reading.Of(damaged);
        Reading stream = Reading.InChunks(damaged, sizes);
        Assert.Equal(stream.Summary(), Reading.InChunks(damaged, sizes[1]).Summary());
        Assert.Equal(
            body.Observations.Select(observation => observation.Id), stream.Observations.Select(observation => observation.Id));
        Assert.Equal(body.Counts.Records, stream.Counts.Records);
        Assert.Equal(stream.Counts.Records, stream.RecordsDone);
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private static IEnumerable<byte[]> Captures()
    {
        foreach (byte[] golden in GoldenInputs.Of("capture").Select(File.ReadAllBytes).Where(bytes => FormatTable.Captures.Opens(bytes)))
        {
            yield return golden;
        }

        foreach (byte[] built in CaptureNeverThrowsTests.Files)
        {
            yield return built;
        }

        foreach (byte[] head in Corpus("pcap", "*.pcap*").Where(bytes => FormatTable.Captures.Opens(bytes)))
        {
            yield return head;
        }
    }

    private static IEnumerable<byte[]> Samples()
    {
        SyntheticEvent[] events = [.. SyntheticDay.Events(600).Where(record => record.Id is 1 or 3 or 5 or 7 or 8 or 22).Take(25)];
        foreach ((_, _, Action<Stream, SyntheticEvent> write) in Renderings.All)
        {
            yield return Renderings.Render(write, events);
            yield return Renderings.Render(write, events[..1]);
        }

        // Captures keep no place of their packets: they have properties of their own.
        foreach (byte[] golden in Goldens([]))
        {
            yield return golden;
        }

        foreach (byte[] head in Corpus("windows", "*.gz"))
        {
            yield return head;
        }
    }

    private static IEnumerable<byte[]> EventLogs() =>
        [.. GoldenInputs.Of("evtx").Select(File.ReadAllBytes), EventLogDamageTests.Log, .. Corpus("windows", "*.evtx", EventLogDamageTests.SecondChunk * 2)];

    /// <summary>The first bytes of recorded telemetry, in long runs where there is some.</summary>
    private static IEnumerable<byte[]> Corpus(string folder, string pattern, int length = MaxSampleLength)
    {
        if (Repository.Corpus is null || Setting("CIPHERWATCH_FUZZ_SECONDS", 0) == 0)
        {
            yield break;
        }

        foreach (string path in Directory.EnumerateFiles(Path.Combine(Repository.Corpus, folder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using FileStream file = File.OpenRead(path);
            using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
            byte[] head = new byte[length];
            yield return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        }
    }

    private static string[] Formats =>
        (Environment.GetEnvironmentVariable("CIPHERWATCH_FUZZ_FORMATS") ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<byte[]> Goldens(string[] formats) => GoldenInputs.Cases
        .Where(name => formats.Length == 0 || formats.Contains(name[..name.IndexOf('/', StringComparison.Ordinal)]))
        .SelectMany(GoldenInputs.Of).Select(File.ReadAllBytes).Where(input => !FormatTable.Captures.Opens(input))
        .Select(golden => golden.Length > MaxSampleLength ? golden[..MaxSampleLength] : golden);

    private static int Setting(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : fallback;
}
