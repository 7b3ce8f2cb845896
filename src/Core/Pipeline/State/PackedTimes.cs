using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Facts;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>The packed form of times.</summary>
internal static partial class PackedFacts
{
    /// <summary>Writes times: how many, then each.</summary>
    public static void Write(ref FactWriter writer, ImmutableArray<FactTime> times)
    {
        writer.Number((ulong)times.Length);
        foreach (FactTime time in times)
        {
            writer.Moment(time);
        }
    }

    /// <summary>Reads times.</summary>
    public static ImmutableArray<FactTime> ReadTimes(ReadOnlySpan<byte> bytes)
    {
        FactReader reader = new(bytes);
        FactTime[] times = new FactTime[reader.Count()];
        for (int index = 0; index < times.Length; index++)
        {
            times[index] = reader.Moment();
        }

        return [.. times];
    }
}
