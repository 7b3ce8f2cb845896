using System.Collections.Immutable;

namespace CipherWatch.Core.Correlation.Facts;

/// <summary>A value that merges: commutative, associative, idempotent.</summary>
/// <typeparam name="TSelf">The value's own type.</typeparam>
public interface IMergeable<TSelf>
{
    /// <summary>What both say together.</summary>
    TSelf Merge(TSelf other);
}

/// <summary>
/// Maps that merge and never outgrow a bound: the entries whose keys rank first are kept, and entries of one key merge.
/// </summary>
/// <remarks>
/// The rank is a function of the key alone, so an entry once crowded out can never come back with what it missed: the union of
/// keys only grows, and with it the number of keys that rank before it. That makes the bound associative.
/// </remarks>
public static class BoundedMap
{
    /// <summary>Merges two maps, both ordered by rank.</summary>
    /// <param name="left">Entries in rank order.</param>
    /// <param name="right">Entries in rank order.</param>
    /// <param name="capacity">How many entries are kept.</param>
    /// <param name="compare">Orders entries by their keys; 0 means the same key.</param>
    public static ImmutableArray<T> Merge<T>(ImmutableArray<T> left, ImmutableArray<T> right, int capacity, Comparison<T> compare)
        where T : IMergeable<T>
    {
        ArgumentNullException.ThrowIfNull(compare);
        if (left.IsDefaultOrEmpty || right.IsDefaultOrEmpty)
        {
            ImmutableArray<T> only = left.IsDefaultOrEmpty ? right : left;
            return only.IsDefault ? [] : only.Length <= capacity ? only : [.. only.AsSpan(0, capacity)];
        }

        // The usual case of a crowd, where nothing that is kept changes: without the cost of a merge.
        if (left.Length >= capacity && compare(left[^1], right[0]) < 0)
        {
            return left.Length == capacity ? left : [.. left.AsSpan(0, capacity)];
        }

        ImmutableArray<T>.Builder merged = ImmutableArray.CreateBuilder<T>(Math.Min(capacity, left.Length + right.Length));
        int i = 0;
        int j = 0;
        while (merged.Count < capacity && (i < left.Length || j < right.Length))
        {
            int order = i == left.Length ? 1 : j == right.Length ? -1 : compare(left[i], right[j]);
            merged.Add(order < 0 ? left[i++] : order > 0 ? right[j++] : left[i++].Merge(right[j++]));
        }

        return merged.DrainToImmutable();
    }
}
