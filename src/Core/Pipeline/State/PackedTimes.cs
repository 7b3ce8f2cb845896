using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Process;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>The packed form of times, and of when connections began.</summary>
internal static partial class PackedFacts
{
    // A start's clock stands below its port.
    private const int ClockBits = 2;

    /// <summary>Starts as bytes: each by its distance from the one before it, which is later.</summary>
    public static byte[] Pack(ImmutableArray<ConnectionStart> starts)
    {
        FactWriter writer = new();
        writer.Number((ulong)starts.Length);
        long last = 0;
        foreach (ConnectionStart start in starts)
        {
            writer.Signed(start.Time.Ms - last);
            writer.Number(((ulong)start.Port << ClockBits) | (ulong)start.Time.Clock);
            writer.ShortHash(start.Destination);
            last = start.Time.Ms;
        }

        return writer.Written.ToArray();
    }

    /// <summary>Starts from their bytes.</summary>
    public static ImmutableArray<ConnectionStart> ReadConnectionStarts(ReadOnlySpan<byte> bytes)
    {
        FactReader reader = new(bytes);
        ConnectionStart[] starts = new ConnectionStart[reader.Count()];
        long ms = 0;
        for (int index = 0; index < starts.Length; index++)
        {
            ms += reader.Signed();
            int both = reader.OneOf((ushort.MaxValue + 1) << ClockBits);
            starts[index] = new(
                new((FactClock)(both & ((1 << ClockBits) - 1)), ms), reader.ShortHash(), (ushort)(both >> ClockBits));
        }

        return [.. starts];
    }

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
