using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Facts;

namespace CipherWatch.Core.Correlation.Prevalence;

/// <summary>
/// Hosts of which anything was said, by what programs were known: a host whose records have no hashes says nothing of how rare one is.
/// </summary>
/// <param name="ByImage">Hashes of hosts whose programs are known by their images, ascending.</param>
/// <param name="BySigner">Of those whose programs are known by who signed them.</param>
public readonly record struct HostsInSight(ImmutableArray<ulong> ByImage, ImmutableArray<ulong> BySigner) : IMergeable<HostsInSight>
{
    /// <summary>Hosts kept of either: their count is exact below, and 6 % off beyond.</summary>
    public const int MaxHosts = 256;

    /// <summary>None.</summary>
    public static readonly HostsInSight None = new([], []);

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => ByImage.IsEmpty && BySigner.IsEmpty;

    /// <summary>Adds the host of a word.</summary>
    public HostsInSight Add(PrevalenceWord word) => PrevalenceWord.IsOfSigner(word.Key)
        ? this with { BySigner = HostSample.Add(BySigner, word.Host, MaxHosts) }
        : this with { ByImage = HostSample.Add(ByImage, word.Host, MaxHosts) };

    /// <summary>How many there are that programs like that of a key are compared with.</summary>
    public long Count(ulong key) => HostSample.Count(PrevalenceWord.IsOfSigner(key) ? BySigner : ByImage, MaxHosts);

    /// <inheritdoc/>
    public HostsInSight Merge(HostsInSight other) =>
        new(HostSample.Merge(ByImage, other.ByImage, MaxHosts), HostSample.Merge(BySigner, other.BySigner, MaxHosts));
}
