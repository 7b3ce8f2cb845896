using System.Buffers.Binary;
using System.Collections.Immutable;

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>What an exporter says of itself in options data: it holds for all of its records, those sent before it too.</summary>
/// <param name="BootedMs">When it started, Unix milliseconds; 0 where it does not say.</param>
/// <param name="Sampling">One packet in this many is looked at, where no sampler is named; 0 where it does not say.</param>
/// <param name="Samplers">The same by sampler.</param>
internal sealed record ExporterOptions(ulong BootedMs, long Sampling, ImmutableSortedDictionary<ulong, long> Samplers)
{
    /// <summary>Samplers that are held: no exporter has more.</summary>
    private const int MaxSamplers = 256;

    private const int NumberBytes = 8;

    /// <summary>What one record of options data says.</summary>
    public static ExporterOptions Of(in FlowValues values)
    {
        ImmutableSortedDictionary<ulong, long> none = ImmutableSortedDictionary<ulong, long>.Empty;
        return values is { SamplerId: { } id, OneIn: > 0 }
            ? new(values.BootedMs, 0, none.Add(id, values.OneIn))
            : new(values.BootedMs, values.OneIn, none);
    }

    /// <summary>Whether another says the same.</summary>
    public bool Says(ExporterOptions other) =>
        BootedMs == other.BootedMs && Sampling == other.Sampling && Samplers.SequenceEqual(other.Samplers);

    /// <summary>As bytes, little-endian numbers of eight: when it booted, its sampling, then each sampler's id and sampling.</summary>
    public byte[] Pack()
    {
        byte[] bytes = new byte[NumberBytes * (2 + (Samplers.Count * 2))];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, BootedMs);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(NumberBytes), Sampling);
        int at = NumberBytes * 2;
        foreach ((ulong id, long interval) in Samplers)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), id);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at + NumberBytes), interval);
            at += NumberBytes * 2;
        }

        return bytes;
    }

    /// <summary>What <see cref="Pack"/> wrote.</summary>
    public static ExporterOptions Unpack(ReadOnlySpan<byte> bytes)
    {
        ImmutableSortedDictionary<ulong, long> samplers = ImmutableSortedDictionary<ulong, long>.Empty;
        for (int at = NumberBytes * 2; at + (NumberBytes * 2) <= bytes.Length; at += NumberBytes * 2)
        {
            samplers = samplers.SetItem(
                BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[(at + NumberBytes)..]));
        }

        return new(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes[NumberBytes..]), samplers);
    }

    /// <summary>The same with what a later record says.</summary>
    public ExporterOptions With(ExporterOptions later) => new(
        later.BootedMs > 0 ? later.BootedMs : BootedMs,
        later.Sampling > 0 ? later.Sampling : Sampling,
        Samplers.Count + later.Samplers.Count <= MaxSamplers ? Samplers.SetItems(later.Samplers) : later.Samplers);

    /// <summary>
    /// The sampling of a record that does not say it: its sampler's, where it names one (0 is none), else the exporter's, or that of all
    /// its samplers where they are alike; <see cref="SampledCounters.Unknown"/> where they are not.
    /// </summary>
    public long SamplingOf(ulong? sampler) => sampler switch
    {
        0 => 0,
        { } id when Samplers.TryGetValue(id, out long interval) => interval,
        _ when Sampling > 0 || Samplers.IsEmpty => Sampling,
        _ => OfAllSamplers(),
    };

    private long OfAllSamplers()
    {
        long? common = null;
        foreach ((_, long interval) in Samplers)
        {
            if (common is { } other && interval != other)
            {
                return SampledCounters.Unknown;
            }

            common = interval;
        }

        return common ?? 0;
    }
}
