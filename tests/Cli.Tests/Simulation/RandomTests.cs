using CipherWatch.Cli.Simulation;

namespace CipherWatch.Cli.Tests.Simulation;

/// <summary>The simulation's numbers.</summary>
public sealed class RandomTests
{
    [Fact]
    public void They_are_those_of_SplitMix64()
    {
        // The first outputs of the reference implementation from seed 0.
        SimulationRandom random = new(0);
        Assert.Equal(0xe220a8397b1dcdaf, random.Next());
        Assert.Equal(0x6e789e6aa1b965f4u, random.Next());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 5_000)]
    [InlineData(900_000, 200_000_000)]
    public void Sizes_stay_within_their_bounds(int from, int to)
    {
        SimulationRandom random = new(7);
        Assert.All(Enumerable.Range(0, 500), _ => Assert.InRange(random.Scaled(from, to), from, to));
        Assert.All(Enumerable.Range(0, 500), _ => Assert.InRange(random.About(from % 1_000), 1, ((from % 1_000) * 7 / 5) + 1));
    }

    [Fact]
    public void Parts_have_numbers_of_their_own()
    {
        ulong[] first = [.. Enumerable.Range(0, 200).Select(part => SimulationRandom.Of(1, part, 2).Next())];
        Assert.Equal(first.Length, first.Distinct().Count());
        Assert.Equal(first[3], SimulationRandom.Of(1, 3, 2).Next());
        Assert.NotEqual(SimulationRandom.Of(1, 2, 3).Next(), SimulationRandom.Of(1, 3, 2).Next());
    }
}
