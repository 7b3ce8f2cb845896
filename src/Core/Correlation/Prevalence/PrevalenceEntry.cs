using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Facts;

namespace CipherWatch.Core.Correlation.Prevalence;

/// <summary>On how many hosts a program called one destination, and since when.</summary>
/// <param name="Hosts">Hashes of hosts, ascending: of more than are kept, the smallest.</param>
/// <param name="FirstDay">The earliest UTC day, days since the Unix epoch.</param>
public readonly record struct PrevalenceEntry(ImmutableArray<ulong> Hosts, int FirstDay) : IMergeable<PrevalenceEntry>
{
    /// <summary>Hosts kept: counts are exact below.</summary>
    public const int MaxHosts = 16;

    /// <summary>How many hosts: exact below <see cref="MaxHosts"/>, an estimate from there.</summary>
    public long Count => HostSample.Count(Hosts, MaxHosts);

    /// <inheritdoc/>
    public PrevalenceEntry Merge(PrevalenceEntry other) =>
        new(HostSample.Merge(Hosts, other.Hosts, MaxHosts), Math.Min(FirstDay, other.FirstDay));
}
