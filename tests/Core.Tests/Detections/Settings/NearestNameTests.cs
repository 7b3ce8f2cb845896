using CipherWatch.Core.Detections.Settings;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Detections.Settings;

public sealed class NearestNameTests
{
    private static readonly string[] Verbs = ["detect", "demo", "score", "serve", "normalize"];

    [Theory]
    [InlineData("detect", "detect", 0)]
    [InlineData("detct", "detect", 1)]
    [InlineData("dteect", "detect", 1)]
    [InlineData("score", "store", 1)]
    [InlineData("", "demo", 4)]
    public void Counts_slips_of_the_finger(string left, string right, int slips) => Assert.Equal(slips, NearestName.Distance(left, right));

    [Property]
    public bool Is_the_same_both_ways(string? left, string? right) =>
        NearestName.Distance(left ?? "", right ?? "") == NearestName.Distance(right ?? "", left ?? "");

    [Theory]
    [InlineData("Detect", "detect")]
    [InlineData("norm", "normalize")]
    [InlineData("nor", null)]
    [InlineData("demp", "demo")]
    [InlineData("transmogrify", null)]
    [InlineData("", null)]
    public void Only_a_near_name_is_meant(string word, string? expected) => Assert.Equal(expected, NearestName.Of(word, Verbs));
}
