using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Accumulation;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Randomness.Accumulation;

public class SampleSetTests
{
    /// <summary>Sets with ids from a small range, so that capacity, repeats and conflicting facts of one id all occur.</summary>
    public static class Sets
    {
        public static Arbitrary<SampleSet> SampleSet() => Gen.Choose(0, 150)
            .SelectMany(count => Gen.Choose(0, 200).Two().ListOf(count))
            .Select(pairs => Core.Randomness.Accumulation.SampleSet.Of([.. pairs.Select(p => Fact((ulong)p.Item1, p.Item2))]))
            .ToArbitrary();
    }

    [Property(Arbitrary = [typeof(Sets)])]
    public bool Merge_is_commutative(SampleSet a, SampleSet b) => SampleSet.Merge(a, b).Equals(SampleSet.Merge(b, a));

    [Property(Arbitrary = [typeof(Sets)])]
    public bool Merge_is_associative(SampleSet a, SampleSet b, SampleSet c) =>
        SampleSet.Merge(SampleSet.Merge(a, b), c).Equals(SampleSet.Merge(a, SampleSet.Merge(b, c)));

    [Property(Arbitrary = [typeof(Sets)])]
    public bool Merge_is_idempotent(SampleSet a, SampleSet b) =>
        SampleSet.Merge(a, a).Equals(a) && SampleSet.Merge(SampleSet.Merge(a, b), b).Equals(SampleSet.Merge(a, b));

    [Property(Arbitrary = [typeof(Sets)])]
    public bool What_is_summed_depends_on_the_set_alone(SampleSet a, SampleSet b) =>
        AccumulatedEvidence.Of(SampleSet.Merge(a, b)).Equals(AccumulatedEvidence.Of(SampleSet.Restore(SampleSet.Merge(b, a).Samples.Reverse())));

    [Fact]
    public void Only_the_smallest_ids_are_kept()
    {
        var set = SampleSet.Of([.. Enumerable.Range(1, 500).Reverse().Select(i => Fact((ulong)i, 0))]);

        Assert.Equal(SampleSet.Capacity, set.Samples.Length);
        Assert.Equal(64UL, set.Samples[^1].Id);
    }

    [Fact]
    public void The_number_of_samples_is_exact_to_capacity_and_estimated_beyond()
    {
        Assert.Equal(40, SampleSet.Of([.. Enumerable.Range(0, 40).Select(i => Fact(Hash(i), 0))]).Distinct);
        var many = SampleSet.Of([.. Enumerable.Range(0, 10_000).Select(i => Fact(Hash(i), 0))]).Distinct;
        // The estimate's deviation is 1/√62, 13 %.
        Assert.InRange(many, 6_000, 14_000);
    }

    [Fact]
    public void Sums_grow_with_the_root_of_the_number()
    {
        var facts = Enumerable.Range(0, 16).Select(i => new SampleFact(Hash(i), 512, 0, SampleFact.Units, PayloadVerdict.Encrypted)).ToArray();

        var together = AccumulatedEvidence.Of(SampleSet.Of(facts));

        Assert.Equal(4, together.CompressionZ, 1e-9);
        Assert.True(together.IsCompressed);
        Assert.False(AccumulatedEvidence.Of(SampleSet.Of(facts.AsSpan(0, 4))).IsCompressed);
    }

    [Fact]
    public void Sixteen_samples_of_deflate_are_compressed_and_of_ciphertext_are_not()
    {
        using var memory = new MemoryStream();
        using (var stream = new System.IO.Compression.DeflateStream(memory, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(SampleBytes.Json(300_000));
        }

        var bytes = memory.ToArray();
        var deflate = Enumerable.Range(0, 16).Select(i => Fact(bytes.AsSpan(1000 + (i * 512), 512), i)).ToArray();
        Assert.True(AccumulatedEvidence.Of(SampleSet.Of(deflate)).IsCompressed);

        var compressed = 0;
        for (var flow = 0; flow < 20; flow++)
        {
            var facts = Enumerable.Range(0, 16).Select(i => Fact(SampleBytes.Cipher(256, (flow * 16) + i), i)).ToArray();
            compressed += AccumulatedEvidence.Of(SampleSet.Of(facts)).IsCompressed ? 1 : 0;
        }

        Assert.InRange(compressed, 0, 2);
    }

    private static SampleFact Fact(ReadOnlySpan<byte> sample, int place) =>
        SampleFact.Of(Hash(place), PayloadScorer.Score(sample, startSeen: false));

    private static SampleFact Fact(ulong id, int value) => new(id, 64 + value, value, -value, (PayloadVerdict)(value % 3));

    private static ulong Hash(int i)
    {
        var x = unchecked((ulong)(i + 1) * 0x9E3779B97F4A7C15);
        x = unchecked((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9);
        return x ^ (x >> 31);
    }
}
