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

    /// <summary>What one record of options data says.</summary>
    public static ExporterOptions Of(in FlowValues values)
    {
        ImmutableSortedDictionary<ulong, long> none = ImmutableSortedDictionary<ulong, long>.Empty;
        return values is { SamplerId: { } id, SamplingInterval: > 0 }
            ? new(values.BootedMs, 0, none.Add(id, values.SamplingInterval))
            : new(values.BootedMs, values.SamplingInterval, none);
    }

    /// <summary>The same with what a later record says.</summary>
    public ExporterOptions With(ExporterOptions later) => new(
        later.BootedMs > 0 ? later.BootedMs : BootedMs,
        later.Sampling > 0 ? later.Sampling : Sampling,
        Samplers.Count + later.Samplers.Count <= MaxSamplers ? Samplers.SetItems(later.Samplers) : later.Samplers);

    /// <summary>
    /// The sampling of a record that does not say it: its sampler's, where it names one (0 is none), else the exporter's, or of all
    /// its samplers the one that looks at least.
    /// </summary>
    public long SamplingOf(ulong? sampler) => sampler switch
    {
        0 => 0,
        { } id when Samplers.TryGetValue(id, out long interval) => interval,
        _ => Math.Max(Sampling, Samplers.Values.DefaultIfEmpty().Max()),
    };
}
