using System.Collections.Immutable;

namespace CipherWatch.Core.Correlation.Prevalence;

/// <summary>How many hosts there are, by those with the smallest hashes: exact while all of them are kept, an estimate beyond.</summary>
/// <remarks>Source of the estimate: Bar-Yossef et al. 2002, (K − 1) / u for u the K-th smallest hash scaled to 0–1.</remarks>
public static class HostSample
{
    /// <summary>Adds a host.</summary>
    /// <param name="hosts">Hashes, ascending.</param>
    /// <param name="host">The hash of a host.</param>
    /// <param name="capacity">Hashes that are kept: the smallest.</param>
    public static ImmutableArray<ulong> Add(ImmutableArray<ulong> hosts, ulong host, int capacity)
    {
        int place = hosts.BinarySearch(host);
        return place >= 0 || ~place >= capacity ? hosts
            : hosts.Length < capacity ? hosts.Insert(~place, host)
            : hosts.RemoveAt(capacity - 1).Insert(~place, host);
    }

    /// <summary>The hosts of both.</summary>
    public static ImmutableArray<ulong> Merge(ImmutableArray<ulong> left, ImmutableArray<ulong> right, int capacity) => right.Length <= 1
        ? (right.IsEmpty ? left : Add(left, right[0], capacity))
        : left.AsSpan().SequenceEqual(right.AsSpan()) ? left
        : [.. left.Union(right).Order().Take(capacity)];

    /// <summary>How many hosts there are. It never falls when hosts are added.</summary>
    public static long Count(ImmutableArray<ulong> hosts, int capacity) =>
        hosts.Length < capacity ? hosts.Length : Estimate(hosts[^1], capacity);

    /// <summary>How many there are, by the largest hash of a sample that is full.</summary>
    public static long Estimate(ulong largest, int capacity) =>
        Math.Max(capacity, (long)((capacity - 1) * (Math.Pow(2, 64) / Math.Max(1.0, largest))));
}
