using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Facts;

namespace CipherWatch.Core.Correlation.Prevalence;

/// <summary>A host on which something was seen, and since when.</summary>
/// <param name="Hash">A hash of the host.</param>
/// <param name="FirstDay">The earliest UTC day, days since the Unix epoch.</param>
public readonly record struct SeenHost(ulong Hash, int FirstDay) : IMergeable<SeenHost>
{
    /// <inheritdoc/>
    public SeenHost Merge(SeenHost other) => new(Hash, Math.Min(FirstDay, other.FirstDay));
}

/// <summary>On which hosts a program called one destination, and since when.</summary>
/// <param name="Hosts">The hosts by ascending hash: of more than are kept, those with the smallest.</param>
public readonly record struct PrevalenceEntry(ImmutableArray<SeenHost> Hosts) : IMergeable<PrevalenceEntry>
{
    /// <summary>Hosts kept: counts are exact below.</summary>
    public const int MaxHosts = 16;

    /// <summary>Hosts that are many: since when so many were there is told apart from the first day.</summary>
    public const int ManyHosts = 10;

    /// <summary>How many hosts: exact below <see cref="MaxHosts"/>, an estimate from there.</summary>
    public long Count => Hosts.Length < MaxHosts ? Hosts.Length : HostSample.Estimate(Hosts[^1].Hash, MaxHosts);

    /// <summary>The earliest day on any of the hosts that are kept.</summary>
    public int FirstDay => Hosts.Min(static host => host.FirstDay);

    /// <summary>The day on which it was on many hosts; <see cref="int.MaxValue"/> where it is not.</summary>
    public int ManySince => Hosts.Length < ManyHosts ? int.MaxValue
        : Hosts.Select(static host => host.FirstDay).Order().ElementAt(ManyHosts - 1);

    /// <summary>Of one host.</summary>
    public static PrevalenceEntry Of(ulong host, int day) => new([new(host, day)]);

    /// <inheritdoc/>
    public PrevalenceEntry Merge(PrevalenceEntry other) =>
        new(BoundedMap.Merge(Hosts, other.Hosts, MaxHosts, static (left, right) => left.Hash.CompareTo(right.Hash)));
}
