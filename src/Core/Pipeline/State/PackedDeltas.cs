using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Flow;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>The packed form of counters that add up.</summary>
internal static class PackedDeltas
{
    /// <summary>Stands for a counter that is not there; those that are, are not negative.</summary>
    private const long Absent = -1;

    /// <summary>Counters as bytes.</summary>
    public static void Write(ref FactWriter writer, ImmutableArray<CounterDelta> deltas)
    {
        writer.Number((ulong)deltas.Length);
        foreach (CounterDelta delta in deltas)
        {
            writer.Hash(delta.RecordId);
            writer.Signed(delta.FirstBytes ?? Absent);
            writer.Signed(delta.SecondBytes ?? Absent);
        }
    }

    /// <summary>Counters from their bytes.</summary>
    public static ImmutableArray<CounterDelta> Read(ref FactReader reader)
    {
        int count = reader.Count();
        ImmutableArray<CounterDelta>.Builder deltas = ImmutableArray.CreateBuilder<CounterDelta>(count);
        for (int index = 0; index < count; index++)
        {
            deltas.Add(new(reader.Hash(), Known(reader.Signed()), Known(reader.Signed())));
        }

        return deltas.MoveToImmutable();
    }

    private static long? Known(long bytes) => bytes == Absent ? null : bytes;
}
