using CipherWatch.Cli.Usage;
using FsCheck.Xunit;

namespace CipherWatch.Cli.Tests.Usage;

public sealed class EditDistanceTests
{
    [Theory]
    [InlineData("detect", "detect", 0)]
    [InlineData("detct", "detect", 1)]
    [InlineData("dteect", "detect", 1)]
    [InlineData("score", "store", 1)]
    [InlineData("", "demo", 4)]
    public void Counts_slips_of_the_finger(string left, string right, int slips) => Assert.Equal(slips, EditDistance.Between(left, right));

    [Property]
    public bool Is_the_same_both_ways(string? left, string? right) =>
        EditDistance.Between(left ?? "", right ?? "") == EditDistance.Between(right ?? "", left ?? "");
}
