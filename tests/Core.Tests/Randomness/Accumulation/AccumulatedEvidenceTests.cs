using System.IO.Compression;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Accumulation;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Randomness.Accumulation;

public class AccumulatedEvidenceTests
{
    private const double Threshold = 7.2;

    [Property]
    public bool The_order_of_samples_and_how_they_are_grouped_do_not_matter((int Sampled, int Z, int Compression)[] samples, int cut)
    {
        SampleFact[] facts = [.. (samples ?? []).Select(sample => Fact(Math.Abs(sample.Sampled % 200), sample.Z % 5000, sample.Compression % 8000))];
        int at = facts.Length == 0 ? 0 : Math.Abs(cut % facts.Length);

        AccumulatedEvidence whole = AccumulatedEvidence.Of(facts);
        return whole == AccumulatedEvidence.Of([.. facts.Reverse()])
            && whole == AccumulatedEvidence.Of(facts.AsSpan(at)).Add(AccumulatedEvidence.Of(facts.AsSpan(0, at)));
    }

    [Fact]
    public void Sums_grow_with_the_root_of_the_number()
    {
        SampleFact[] facts = [.. Enumerable.Repeat(Fact(512, -SampleFact.Units, SampleFact.Units), 16)];

        AccumulatedEvidence together = AccumulatedEvidence.Of(facts);

        Assert.Equal((16, 16 * 512), (together.Samples, together.Bytes));
        Assert.Equal(4, together.CompressionZ, 1e-9);
        Assert.Equal(-4, together.EntropyZ, 1e-9);
        Assert.True(together.IsCompressed);
        Assert.False(AccumulatedEvidence.Of(facts.AsSpan(0, 4)).IsCompressed);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(370)]
    [InlineData(100_000)]
    public void What_messages_under_one_key_share_does_not_sum_up_to_a_verdict(int samples)
    {
        // A keystream that begins anew with each message, and a lean of half a deviation that all of them have from it.
        Assert.True(AccumulatedEvidence.Of([.. Enumerable.Repeat(Fact(809, -500, 500), samples)]).IsRandom(Threshold));

        // What leans by more is structure, however much of it there is.
        Assert.False(AccumulatedEvidence.Of([.. Enumerable.Repeat(Fact(809, -700, 0), samples)]).IsRandom(Threshold));
        Assert.False(AccumulatedEvidence.Of([.. Enumerable.Repeat(Fact(809, 0, 700), samples)]).IsRandom(Threshold));
    }

    [Fact]
    public void The_threshold_asks_as_much_of_a_sum_as_of_one_sample()
    {
        Assert.True(AccumulatedEvidence.Of(Fact(512, -2499, 0)).IsRandom(Threshold));
        Assert.False(AccumulatedEvidence.Of(Fact(512, -2501, 0)).IsRandom(Threshold));
        Assert.False(AccumulatedEvidence.Of(Fact(512, -1300, 0), Fact(512, -1300, 0), Fact(512, -1300, 0), Fact(512, -1300, 0)).IsRandom(Threshold));
        Assert.True(AccumulatedEvidence.Of(Fact(512, -1300, 0), Fact(512, -1200, 0), Fact(512, -1200, 0), Fact(512, -1200, 0)).IsRandom(Threshold));
    }

    [Fact]
    public void Compression_is_read_from_long_samples_where_there_are_any()
    {
        // Headers of 32 bytes lean; the kilobytes behind them do not.
        SampleFact header = Fact(32, 0, 4 * SampleFact.Units);
        SampleFact body = Fact(1400, 0, 0);

        Assert.False(AccumulatedEvidence.Of(header, body, header, body).IsCompressed);
        Assert.True(AccumulatedEvidence.Of(header, header).IsCompressed);
        Assert.False(AccumulatedEvidence.Of(header).IsCompressed);
    }

    [Fact]
    public void What_is_under_32_bytes_says_nothing() => Assert.Equal(default, AccumulatedEvidence.Of(Fact(31, -5000, 8000)));

    [Fact]
    public void Sixteen_samples_of_deflate_are_compressed_and_of_ciphertext_are_not()
    {
        using MemoryStream memory = new MemoryStream();
        using (DeflateStream stream = new System.IO.Compression.DeflateStream(memory, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(SampleBytes.Json(300_000));
        }

        byte[] bytes = memory.ToArray();
        SampleFact[] deflate = [.. Enumerable.Range(0, 16).Select(i => Scored(bytes.AsSpan(1000 + (i * 512), 512)))];
        Assert.True(AccumulatedEvidence.Of(deflate).IsCompressed);

        int compressed = 0;
        for (int flow = 0; flow < 20; flow++)
        {
            SampleFact[] facts = [.. Enumerable.Range(0, 16).Select(i => Scored(SampleBytes.Cipher(256, (flow * 16) + i)))];
            compressed += AccumulatedEvidence.Of(facts).IsCompressed ? 1 : 0;
        }

        Assert.InRange(compressed, 0, 2);
    }

    private static SampleFact Scored(ReadOnlySpan<byte> sample) => SampleFact.Of(PayloadScorer.Score(sample, startSeen: false));

    private static SampleFact Fact(int sampled, int z, int compression) => new(sampled, PayloadVerdict.Encrypted, 7900, z, compression);
}
