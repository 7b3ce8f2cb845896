using System.Collections.Immutable;

namespace CipherWatch.Core.Randomness.Accumulation;

/// <summary>
/// Samples of one flow direction or process: those with the smallest ids, at most <see cref="Capacity"/> of them.
/// </summary>
/// <remarks>
/// Merging is commutative, associative and idempotent: the smallest ids of a union are the smallest of the smallest ids
/// of its parts. Exact up to the capacity; beyond it a uniform choice of the samples, since ids are hashes.
/// </remarks>
public sealed record SampleSet
{
    /// <summary>Samples kept: 64 of 512 B tell deflate, zip, bzip2, PNG, JPEG, MP3 and Zstandard 1–3 from ciphertext.</summary>
    public const int Capacity = 64;

    /// <summary>No samples.</summary>
    public static readonly SampleSet Empty = new([]);

    private SampleSet(ImmutableArray<SampleFact> samples) => Samples = samples;

    /// <summary>The samples, by rising id.</summary>
    public ImmutableArray<SampleFact> Samples { get; }

    /// <summary>Number of different samples seen: exact up to the capacity, then estimated from how close the ids lie.</summary>
    public long Distinct => Samples.Length < Capacity
        ? Samples.Length
        : (long)((Capacity - 1) * (ulong.MaxValue / Math.Max(1.0, Samples[^1].Id)));

    /// <summary>The set of the samples given, in any order, repeated or not.</summary>
    public static SampleSet Of(params ReadOnlySpan<SampleFact> samples) => new(Smallest(samples.ToArray()));

    /// <summary>Puts stored samples back; anything a set may not hold is dropped.</summary>
    public static SampleSet Restore(IEnumerable<SampleFact> samples) => new(Smallest([.. samples]));

    /// <summary>The union, cut to capacity.</summary>
    public static SampleSet Merge(SampleSet left, SampleSet right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new SampleSet(Smallest([.. left.Samples, .. right.Samples]));
    }

    /// <summary>Value equality: the same samples.</summary>
    public bool Equals(SampleSet? other) => other is not null && Samples.AsSpan().SequenceEqual(other.Samples.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Samples.IsEmpty ? 0 : HashCode.Combine(Samples.Length, Samples[0].Id, Samples[^1].Id);

    private static ImmutableArray<SampleFact> Smallest(SampleFact[] samples)
    {
        Array.Sort(samples);
        var kept = ImmutableArray.CreateBuilder<SampleFact>(Math.Min(Capacity, samples.Length));
        for (var i = 0; i < samples.Length && kept.Count < Capacity; i++)
        {
            // Of two facts of one id the last in order stays, whichever came first.
            if (i + 1 == samples.Length || samples[i + 1].Id != samples[i].Id)
            {
                kept.Add(samples[i]);
            }
        }

        return kept.DrainToImmutable();
    }
}
