using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Folding;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Telemetry.Observations;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Correlation;

/// <summary>Facts merge alike in any order, grouping and number of repetitions: what makes every replay give the same answer.</summary>
[Properties(Arbitrary = [typeof(ObservationArbitrary)], MaxTest = 60)]
public class MergeProperties
{
    [Property]
    public void Merging_is_commutative(Observation[] stream)
    {
        ForEachEntity(stream, static facts => AssertSame(Fold(facts), Fold(facts.AsEnumerable().Reverse())));
        ForEachChannel(stream, static facts => AssertSame(Fold(facts), Fold(facts.AsEnumerable().Reverse())));
    }

    [Property]
    public void Merging_is_associative(Observation[] stream)
    {
        ForEachEntity(stream, static facts => AssertSame(Fold(facts), FoldRight(facts)));
        ForEachChannel(stream, static facts => AssertSame(Fold(facts), FoldRight(facts)));
    }

    [Property]
    public void Merging_is_idempotent(Observation[] stream)
    {
        ForEachEntity(stream, static facts => AssertSame(Fold(facts), Fold(facts).Merge(Fold(facts))));
        ForEachEntity(stream, static facts => AssertSame(Fold(facts), Fold(facts.SelectMany(fact => new[] { fact, fact }))));
        ForEachChannel(stream, static facts => AssertSame(Fold(facts), Fold(facts).Merge(facts[0])));
    }

    [Property]
    public void Clocks_merge_alike_in_any_order(Observation[] stream)
    {
        List<HostClock> clocks = stream.Select(ObservationFacts.OfClock).OfType<HostClock>().ToList();
        if (clocks.Count > 0)
        {
            AssertSame(Fold(clocks), Fold(clocks.AsEnumerable().Reverse()));
            AssertSame(Fold(clocks), FoldRight(clocks));
            AssertSame(Fold(clocks), Fold(clocks).Merge(Fold(clocks)));
        }
    }

    [Property]
    public void Folding_a_batch_gives_what_single_observations_give(Observation[] stream)
    {
        EntityStates single = new();
        EntityStates batched = new();
        foreach (Observation observation in stream)
        {
            single.Add(observation);
        }

        foreach (Observation[] chunk in stream.Chunk(7))
        {
            EntityStates batch = new();
            foreach (Observation observation in chunk)
            {
                batch.Add(observation);
            }

            batched.Merge(batch);
        }

        Assert.Equal(
            single.Sets.SelectMany(set => set.InOrder()).Select(facts => FactsText.Of(facts.Facts)),
            batched.Sets.SelectMany(set => set.InOrder()).Select(facts => FactsText.Of(facts.Facts)));
        Assert.Equal(single.Journal.Held, batched.Journal.Held);
    }

    private static void ForEachEntity(Observation[] stream, Action<List<ProcessFacts>> assert)
    {
        foreach (IGrouping<ProcessKey, ProcessFacts> entity in stream.Select(ObservationFacts.OfProcess).OfType<ProcessFacts>().GroupBy(facts => facts.Key))
        {
            assert([.. entity]);
        }
    }

    private static void ForEachChannel(Observation[] stream, Action<List<ChannelFacts>> assert)
    {
        FlowRoutes routes = new(DetectionSettings.Default);
        foreach (IGrouping<ChannelKey, ChannelFacts> entity in stream.Select(observation => FlowObservationFacts.OfChannel(observation, routes.Of(observation))).OfType<ChannelFacts>()
            .GroupBy(facts => facts.Key))
        {
            assert([.. entity]);
        }
    }

    private static T Fold<T>(IEnumerable<T> facts)
        where T : IMergeable<T> => facts.Aggregate((left, right) => left.Merge(right));

    private static T FoldRight<T>(List<T> facts)
        where T : IMergeable<T> => facts.AsEnumerable().Reverse().Aggregate((right, left) => left.Merge(right));

    private static void AssertSame(object left, object right) => Assert.Equal(FactsText.Of(left), FactsText.Of(right));
}
