using System.Numerics;
using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Pipeline.State;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Correlation.Prevalence;

/// <summary>Prevalence merges alike in any order, grouping and number of repetitions, and says nothing of what gave way.</summary>
[Properties(Arbitrary = [typeof(Words)], MaxTest = 100)]
public class PrevalenceProperties
{
    private const int Few = 20;

    [Property]
    public void Order_does_not_matter(PrevalenceWord[] words, PositiveInt capacity) =>
        Assert.Equal(Bytes(Fold(words, capacity)), Bytes(Fold([.. words.Reverse()], capacity)));

    [Property]
    public void Repetition_does_not_matter(PrevalenceWord[] words, PositiveInt capacity) =>
        Assert.Equal(Bytes(Fold(words, capacity)), Bytes(Fold([.. words, .. words], capacity)));

    [Property]
    public void Batching_does_not_matter(PrevalenceWord[] words, PositiveInt capacity)
    {
        PrevalenceFacts batched = new(Capacity(capacity));
        foreach (PrevalenceWord[] batch in words.Chunk(7).Reverse())
        {
            batched.Add(Fold(batch, capacity));
        }

        Assert.Equal(Bytes(Fold(words, capacity)), Bytes(batched));
    }

    [Property]
    public void It_is_read_as_it_is_written(PrevalenceWord[] words, PositiveInt capacity)
    {
        PrevalenceFacts read = new(Capacity(capacity));
        PackedPrevalence.Read(Bytes(Fold(words, capacity)), read);
        Assert.Equal(Bytes(Fold(words, capacity)), Bytes(read));
    }

    /// <summary>What is said is true of all words, however many gave way; of what gave way nothing is said.</summary>
    [Property]
    public void What_is_said_is_whole(PrevalenceWord[] words, PositiveInt capacity)
    {
        PrevalenceFacts facts = Fold(words, capacity);
        ulong[] keys = [.. words.Select(static word => word.Key).Distinct().Order()];
        foreach (PrevalenceWord word in words)
        {
            PrevalenceFact? found = facts.Find(new(word, 0));
            Assert.Equal(Array.IndexOf(keys, word.Key) < Capacity(capacity), found is not null);
            PrevalenceWord[] same = [.. words.Where(other => other.Key == word.Key)];
            long hosts = same.Select(static other => other.Host).Distinct().Count();
            if (found is { } fact)
            {
                Assert.True(hosts >= PrevalenceEntry.MaxHosts ? fact.Since >= same.Min(static other => other.Day) : fact.Since == same.Min(static other => other.Day), $"{fact}");
                Assert.True(hosts < PrevalenceEntry.MaxHosts ? fact.Hosts == hosts : fact.Hosts >= PrevalenceEntry.MaxHosts && fact.Hosts <= fact.InSight, $"{hosts}: {fact}");
                Assert.Equal(
                    words.Where(other => PrevalenceWord.IsOfSigner(other.Key) == PrevalenceWord.IsOfSigner(word.Key))
                        .Select(static other => other.Host).Distinct().LongCount(),
                    fact.InSight);
                int[] firsts = [.. same.GroupBy(static other => other.Host, static other => other.Day).Select(static days => days.Min()).Order()];
                Assert.Equal(hosts < PrevalenceEntry.ManyHosts, fact.ManySince == int.MaxValue);
                Assert.True(hosts < PrevalenceEntry.ManyHosts || fact.ManySince >= firsts[PrevalenceEntry.ManyHosts - 1], $"{fact}");
            }
        }
    }

    /// <summary>More words never make fewer hosts; those that are many may be later ones once not all are kept.</summary>
    [Property]
    public void Facts_are_kept(PrevalenceWord[] words, PrevalenceWord[] more)
    {
        PrevalenceFacts few = Fold(words, PositiveInt.NewPositiveInt(1000));
        PrevalenceFacts many = Fold([.. words, .. more], PositiveInt.NewPositiveInt(1000));
        foreach (PrevalenceWord word in words)
        {
            PrevalenceFact before = few.Find(new(word, 0))!.Value;
            PrevalenceFact after = many.Find(new(word, 0))!.Value;
            Assert.True(after.Hosts >= before.Hosts && after.InSight >= before.InSight, $"{before} {after}");
            if (after.Hosts < PrevalenceEntry.MaxHosts)
            {
                Assert.Equal(after, before.Merge(after));
            }
        }
    }

    [Property]
    public void Broken_bytes_are_refused_and_nothing_else(byte[] bytes, PrevalenceWord[] words, NonNegativeInt at)
    {
        byte[] packed = Bytes(Fold(words, PositiveInt.NewPositiveInt(30)));
        packed[at.Get % packed.Length] ^= 0x55;
        foreach (byte[] broken in (byte[][])[bytes, packed])
        {
            try
            {
                PackedPrevalence.Read(broken, new());
            }
            catch (System.Text.Json.JsonException)
            {
                // Said so.
            }
        }
    }

    [Fact]
    public void Beyond_what_is_kept_hosts_are_estimated()
    {
        PrevalenceFacts facts = new();
        for (int host = 0; host < 10_000; host++)
        {
            facts.Add(new PrevalenceWord(1, PrevalenceWord.OfHost($"host-{host}"), 5));
        }

        PrevalenceFact fact = facts.Find(new(new(1, PrevalenceWord.OfHost("host-3"), 9), 0))!.Value;
        Assert.InRange(fact.InSight, 8_500, 11_500);
        Assert.InRange(fact.Hosts, 4_000, 20_000);
        Assert.Equal((5, PrevalenceEntry.MaxHosts, HostsInSight.MaxHosts), (fact.Since, facts.Entries[0].Value.Hosts.Length, facts.Hosts.BySigner.Length));
    }

    private static PrevalenceFacts Fold(PrevalenceWord[] words, PositiveInt capacity)
    {
        PrevalenceFacts facts = new(Capacity(capacity));
        facts.Add(words);
        return facts;
    }

    private static int Capacity(PositiveInt capacity) => capacity.Get >= 1000 ? capacity.Get : 1 + (capacity.Get % Few);

    private static byte[] Bytes(PrevalenceFacts facts) => PackedPrevalence.Pack(facts);

    /// <summary>Few keys, so that they meet, and more hosts than an entry keeps.</summary>
    private static class Words
    {
        public static Arbitrary<PrevalenceWord[]> Streams() =>
            (from key in Gen.Choose(1, 24)
             from host in Gen.Frequency((1, Gen.Choose(1, 40)), (1, Gen.Choose(1, 3)))
             from day in Gen.Choose(20_000, 20_060)
             select new PrevalenceWord(Spread(key), Spread(host), day)).ArrayOf().ToArbitrary();

        private static ulong Spread(int number) => BitOperations.RotateLeft((ulong)number * 0x9e3779b97f4a7c15, number);
    }
}
