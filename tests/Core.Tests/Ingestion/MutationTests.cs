using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using CipherWatch.Benchmarks.Synthetic;
using CipherWatch.Core.Telemetry.Formats;
using CipherWatch.Core.Tests.Golden;

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
    public void Damaged_records_are_accounted_for()
    {
        int seconds = Setting("CIPHERWATCH_FUZZ_SECONDS", 0);
        int seed = Setting("CIPHERWATCH_FUZZ_SEED", 400);
        byte[][] samples = [.. Formats.Length == 0 ? Samples() : Goldens(Formats)];
        Random random = new(seed);
        long start = Stopwatch.GetTimestamp();
        TimeSpan slowest = default;
        long bytes = 0;
        int round = 0;
        for (; seconds > 0 ? Stopwatch.GetElapsedTime(start).TotalSeconds < seconds : round < ShortRounds; round++)
        {
            byte[] damaged = Mutations.Damage(samples[random.Next(samples.Length)], samples[random.Next(samples.Length)], random);
            int[] sizes = [random.Next(1, 300), random.Next(1, 4000)];
            long began = Stopwatch.GetTimestamp();
            Check(damaged, sizes, $"seed {seed}, round {round}");
            TimeSpan took = Stopwatch.GetElapsedTime(began);
            slowest = took > slowest ? took : slowest;
            bytes += damaged.Length;
        }

        output.WriteLine(FormattableString.Invariant($"{round} rounds over {samples.Length} samples, {bytes} bytes, slowest round {slowest.TotalMilliseconds:F0} ms"));
    }

    private static void Check(byte[] damaged, int[] sizes, string round)
    {
        try
        {
            Reading whole = Reading.Of(damaged);
            Assert.Equal(whole.Summary(), Reading.InChunks(damaged, sizes).Summary());
            Assert.Equal(whole.Counts.Records, whole.RecordsDone);
            Coverage.AssertComplete(damaged, whole);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{round}: {Convert.ToBase64String(damaged)}", exception);
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

        if (Repository.Corpus is not null && Setting("CIPHERWATCH_FUZZ_SECONDS", 0) > 0)
        {
            foreach (string path in Directory.EnumerateFiles(Path.Combine(Repository.Corpus, "windows"), "*.gz", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                using GZipStream stream = new(File.OpenRead(path), CompressionMode.Decompress);
                byte[] head = new byte[MaxSampleLength];
                yield return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
            }
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
