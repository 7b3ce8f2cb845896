using CipherWatch.Core.Randomness.Statistics;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Randomness.Statistics;

public class HistogramStatisticsTests
{
    [Property]
    public bool Count_is_what_a_plain_loop_counts(byte[] sample)
    {
        uint[] counts = new uint[256];
        ByteHistogram.Count(sample, counts);
        return Enumerable.Range(0, 256).All(value => counts[value] == sample.Count(b => b == value));
    }

    [Property]
    public bool Entropy_is_the_sum_over_shares(byte[] sample)
    {
        uint[] counts = new uint[256];
        ByteHistogram.Count(sample, counts);
        double expected = sample.GroupBy(b => b).Sum(g => -(double)g.Count() / sample.Length * Math.Log2((double)g.Count() / sample.Length));
        return Math.Abs(expected - PluginEntropy.Of(counts, sample.Length)) < 1e-4;
    }

    [Fact]
    public void Entropy_of_long_samples_is_exact()
    {
        uint[] counts = new uint[256];
        ByteHistogram.Count(new byte[100_000], counts);
        counts[1] = 100_000;

        Assert.Equal(1, PluginEntropy.Of(counts, 200_000), 1e-9);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(1460)]
    public void Chi_square_of_ciphertext_is_standard(int length)
    {
        const int Samples = 4000;
        double sum = 0, squares = 0;
        for (int i = 0; i < Samples; i++)
        {
            uint[] counts = new uint[256];
            ByteHistogram.Count(SampleBytes.Cipher(length, i), counts);
            double z = ChiSquare.Z(counts, length);
            sum += z;
            squares += z * z;
        }

        Assert.Equal(0, sum / Samples, 4 / Math.Sqrt(Samples));
        Assert.Equal(1, squares / Samples, 6 * Math.Sqrt(2.0 / Samples));
    }

    [Fact]
    public void Bit_positions_see_a_top_bit_that_is_never_set()
    {
        uint[] counts = new uint[256];
        ByteHistogram.Count(SampleBytes.English(64), counts);
        BitStatistics text = BitStatistics.Of(counts, 64);

        // 64 zeros of 64 are (32 − 64)²·4/64 = 64 for that bit alone.
        Assert.True(text.Positions > 64);
        Assert.Equal(8, text.Worst, 1e-9);
    }

    [Fact]
    public void Bit_balance_counts_ones()
    {
        uint[] counts = new uint[256];
        counts[0xFF] = 100;

        Assert.Equal(400 / Math.Sqrt(200), BitStatistics.Of(counts, 100).BalanceZ, 1e-9);
    }

    [Property]
    public bool Printable_count_is_the_same_from_bytes_and_from_histogram(byte[] sample)
    {
        byte[] longer = Enumerable.Repeat(sample, 9).SelectMany(b => b).ToArray();
        uint[] counts = new uint[256];
        ByteHistogram.Count(longer, counts);
        return PrintableBytes.Count(longer) == PrintableBytes.Count(counts)
            && PrintableBytes.Count(longer) == longer.Count(PrintableBytes.Is);
    }

    [Fact]
    public void Serial_correlation_of_a_ramp_is_one_and_of_an_alternation_minus_one()
    {
        Assert.Equal(1, SerialCorrelation.Of([.. Enumerable.Range(0, 200).Select(i => (byte)i)]), 1e-9);
        Assert.Equal(-1, SerialCorrelation.Of([.. Enumerable.Range(0, 200).Select(i => (byte)(i % 2))]), 1e-9);
        Assert.Equal(0, SerialCorrelation.Of(new byte[100]));
    }
}
