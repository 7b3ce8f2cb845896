using CipherWatch.Cli.Evaluation;

namespace CipherWatch.Cli.Tests.Evaluation;

/// <summary>Intervals against figures worked out by hand from their published formulas.</summary>
public class StatisticsTests
{
    [Theory]
    [InlineData(10, 10, 0.7225, 1)]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(5, 10, 0.2366, 0.7634)]
    public void Wilsons_interval(int hits, int of, double low, double high)
    {
        WilsonInterval interval = new(hits, of);
        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Fact]
    public void Nothing_has_no_share_and_could_be_anything() =>
        Assert.Equal((null, 0.0, 1.0), (new WilsonInterval(0, 0).Share, new WilsonInterval(0, 0).Low, new WilsonInterval(0, 0).High));

    [Fact]
    public void A_likelihood_ratio_has_an_interval_around_it()
    {
        // 8.5/11 over 2.5/21; the logarithm's variance is 1/8.5 - 1/11 + 1/2.5 - 1/21.
        LikelihoodRatio ratio = new("kind", 10, 8, 10, 2, 20);
        Assert.Equal(6.4909, ratio.Ratio, 4);
        Assert.Equal(ratio.Ratio * ratio.Ratio, ratio.Low * ratio.High, 6);
        Assert.Equal(1.9418, ratio.Low, 4);
    }
}
