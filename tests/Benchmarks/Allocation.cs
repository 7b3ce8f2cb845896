using CipherWatch.Benchmarks.Synthetic;
using CipherWatch.Core.Ingestion;

namespace CipherWatch.Benchmarks;

/// <summary>Bytes allocated for a record that is left out by design, or whose library nobody wants.</summary>
internal static class Allocation
{
    private const int Records = 1000;

    /// <summary>Bytes a skipped record, over the registry events of the synthetic day in one rendering.</summary>
    public static double PerSkippedRecord(Action<Stream, SyntheticEvent> write) => PerRecord(write, record => record.Id is 10 or 12 or 13 or 4658);

    /// <summary>Bytes an unwanted library load.</summary>
    public static double PerUnwantedLoad(Action<Stream, SyntheticEvent> write) =>
        PerRecord(write, record => record.Id == 7 && record.Data.Any(field => field.Name == "ImageLoaded" && field.Value.EndsWith("ntdll.dll", StringComparison.Ordinal)));

    private static double PerRecord(Action<Stream, SyntheticEvent> write, Func<SyntheticEvent, bool> pick)
    {
        SyntheticEvent[] events = [.. SyntheticDay.Events(Records * 200).Where(pick).Take(Records * 2)];
        byte[] some = Renderings.Render(write, events.Take(Records));
        byte[] twice = Renderings.Render(write, events);
        UncaringReceiver receiver = new();
        Ingestor ingestor = new(receiver, receiver);
        ingestor.Read(twice, "warm");
        return (Allocated(ingestor, twice) - Allocated(ingestor, some)) / (double)Records;
    }

    private static long Allocated(Ingestor ingestor, byte[] bytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        ingestor.Read(bytes, "measured");
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
