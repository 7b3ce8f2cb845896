using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Pipeline.Kinds;

public class SpilledFactsTests
{
    /// <summary>More facts than cuts, so that some share one; long ones among them, which take more than a block.</summary>
    [Fact]
    public void What_is_spilled_is_read_back_once_in_the_cut_of_its_key_between_and_behind_reads()
    {
        using SpilledFacts<string, ClockFacts> spilled = new(FactKinds.Clock);
        Dictionary<string, ClockFacts>[] batches =
        [
            Hosts(0, 300),
            Hosts(200, 300).Concat(Hosts(1000, 1, 1 << 20)).ToDictionary(),
            Hosts(2000, 3, 400_000),
        ];
        List<string> expected = [];
        foreach (Dictionary<string, ClockFacts> batch in batches)
        {
            spilled.Add(batch);
            expected.AddRange(batch.Values.Select(FactsText.Of));
            List<string> read = [];
            for (int cut = 0; cut < SpilledFacts<string, ClockFacts>.Cuts; cut++)
            {
                spilled.Read(cut, facts =>
                {
                    Assert.Equal(cut, SpilledFacts<string, ClockFacts>.CutOf(facts.Host));
                    read.Add(FactsText.Of(facts));
                });
            }

            Assert.Equal(expected.Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Keys_are_spread_over_all_cuts() => Assert.Equal(
        SpilledFacts<string, ClockFacts>.Cuts,
        Hosts(0, 3000).Keys.Select(SpilledFacts<string, ClockFacts>.CutOf).Distinct().Count());

    private static Dictionary<string, ClockFacts> Hosts(int first, int count, int padding = 0) => Enumerable.Range(first, count)
        .Select(host => new ClockFacts($"host{host}" + new string('x', padding), new() { Samples = [new(FactClock.Record, 1, Example.Id(host), host)] }))
        .ToDictionary(facts => facts.Host);
}
