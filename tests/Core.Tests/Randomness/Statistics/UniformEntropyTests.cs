using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Statistics;

namespace CipherWatch.Core.Tests.Randomness.Statistics;

public class UniformEntropyTests
{
    [Theory]
    [InlineData(16, 3.9421, 0.0829)]
    [InlineData(24, 4.4967, 0.0823)]
    [InlineData(32, 4.8818, 0.0814)]
    [InlineData(48, 5.4080, 0.0790)]
    [InlineData(64, 5.7657, 0.0766)]
    [InlineData(96, 6.2402, 0.0718)]
    [InlineData(128, 6.5501, 0.0673)]
    [InlineData(256, 7.1750, 0.0524)]
    [InlineData(512, 7.5904, 0.0336)]
    [InlineData(1024, 7.8088, 0.0172)]
    [InlineData(1460, 7.8691, 0.0117)]
    [InlineData(4096, 7.9546, 0.0040)]
    [InlineData(16384, 7.9887, 0.0010)]
    [InlineData(65536, 7.9972, 0.0002)]
    public void Moments_are_those_of_uniform_bytes(int length, double mean, double deviation)
    {
        (double Mean, double Deviation) actual = UniformEntropy.Moments(length);

        Assert.Equal(mean, actual.Mean, 0.00006);
        Assert.Equal(deviation, actual.Deviation, 0.00006);
    }

    [Fact]
    public void Two_bytes_are_a_coin_of_one_bit()
    {
        // H is 1 unless both bytes are equal, which has probability 1/256.
        (double mean, double deviation) = UniformEntropy.Moments(2);

        Assert.Equal(255 / 256.0, mean, 1e-12);
        Assert.Equal(Math.Sqrt(255) / 256, deviation, 1e-9);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(100)]
    [InlineData(700)]
    [InlineData(2048)]
    public void Simulation_agrees(int length)
    {
        const int Samples = 2000;
        byte[] stream = SampleBytes.Cipher(length * Samples, seed: length);
        double sum = 0, squares = 0;
        for (int i = 0; i < Samples; i++)
        {
            double z = FirstStage.Judge(stream.AsSpan(i * length, length)).Z;
            sum += z;
            squares += z * z;
        }

        // Four standard errors of a mean and of a variance.
        Assert.Equal(0, sum / Samples, 4 / Math.Sqrt(Samples));
        Assert.Equal(1, squares / Samples, 4 * Math.Sqrt(2.0 / Samples));
    }

    [Fact]
    public void Expansion_continues_the_exact_values()
    {
        (double Mean, double Deviation) exact = UniformEntropy.Exact(UniformEntropy.ExactUpTo + 1);
        (double Mean, double Deviation) expansion = UniformEntropy.Moments(UniformEntropy.ExactUpTo + 1);

        Assert.Equal(exact.Mean, expansion.Mean, 1e-6);
        Assert.Equal(exact.Deviation, expansion.Deviation, exact.Deviation * 0.002);
    }

    [Fact]
    public void Length_below_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => UniformEntropy.Moments(0));
}
