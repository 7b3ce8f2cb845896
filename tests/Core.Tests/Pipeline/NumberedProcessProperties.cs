using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Folding;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Correlation;
using CipherWatch.Core.Tests.Pipeline.Delivery;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Pipeline;

/// <summary>What is found of processes whose numbers are used again depends on the records alone, and entities find the same.</summary>
[Properties(Arbitrary = [typeof(NumberedProcessArbitrary)], MaxTest = 60)]
public class NumberedProcessProperties
{
    [Property]
    public void Order_does_not_matter(Observation[] stream) => Assert.Equal(Local(stream, 5), Local([.. stream.Reverse()], 7));

    [Property]
    public void Repetition_does_not_matter(Observation[] stream) => Assert.Equal(Local(stream, 5), Local([.. stream, .. stream], 3));

    [Property]
    public void Facts_merge_alike_in_any_order_and_grouping(Observation[] stream)
    {
        foreach (IGrouping<string, ProcessFacts> process in stream.Select(ObservationFacts.OfProcess).OfType<ProcessFacts>().GroupBy(facts => facts.Key.Value))
        {
            List<ProcessFacts> facts = [.. process];
            string folded = FactsText.Of(facts.Aggregate(static (left, right) => left.Merge(right)));
            Assert.Equal(folded, FactsText.Of(facts.AsEnumerable().Reverse().Aggregate(static (left, right) => left.Merge(right))));
            Assert.Equal(folded, FactsText.Of(facts.AsEnumerable().Reverse().Aggregate(static (right, left) => left.Merge(right))));
            Assert.Equal(folded, FactsText.Of(facts.Concat(facts).Aggregate(static (left, right) => left.Merge(right))));
        }
    }

    [Property]
    public void Every_sighting_that_is_kept_is_of_one_slice(Observation[] stream)
    {
        foreach (IGrouping<string, ProcessFacts> process in stream.Select(ObservationFacts.OfProcess).OfType<ProcessFacts>().GroupBy(facts => facts.Key.Value))
        {
            ProcessFacts facts = process.Aggregate(static (left, right) => left.Merge(right));
            IReadOnlyList<ProcessFacts> slices = ProcessSlices.Of(facts);
            Assert.Equal(
                facts.Destinations.SelectMany(destination => Kept(destination.Connections)).Order(),
                slices.SelectMany(slice => slice.Destinations).SelectMany(destination => Kept(destination.Connections)).Order());
            Assert.Equal(
                facts.Modules.SelectMany(module => Kept(module.Loads)).Order(),

                // Of the latest loads, when they were is kept, and not which observations.
                slices.SelectMany(slice => slice.Modules).SelectMany(module => Kept(module.Loads)).Where(id => id.Trim('0').Length > 0).Order());
            Assert.Equal(slices.Count, slices.Select(slice => slice.Key).Distinct().Count());
        }
    }

    [Property(MaxTest = 40)]
    public void Entities_find_the_same_one_record_at_a_time(Observation[] stream)
    {
        if (!Forgets(stream))
        {
            Assert.Equal(Local(stream, 1000), Delivered(stream, 1));
        }
    }

    [Property(MaxTest = 40)]
    public void Entities_find_the_same_in_any_order_and_with_batches_twice(Observation[] stream)
    {
        if (!Forgets(stream))
        {
            Assert.Equal(Local(stream, 1000), Delivered([.. stream.Reverse().Chunk(4).SelectMany(chunk => chunk.Concat(chunk))], 4));
        }
    }

    /// <summary>What was published of a start for which there is no room any more stands, though it is no longer found.</summary>
    [Fact]
    public void What_was_published_stands_where_starts_were_forgotten()
    {
        const int Starts = 20;
        const int Hour = 3_600_000;
        Observation[] stream = [.. Enumerable.Range(0, Starts).SelectMany(start => new[]
        {
            NumberedProcessArbitrary.Make(ObservationKind.ProcessStart, 100, start * Hour / 4, 0),
            NumberedProcessArbitrary.Make(ObservationKind.ModuleLoad, 100, (start * Hour / 4) + 40, 0),
            NumberedProcessArbitrary.Make(ObservationKind.Connection, 100, (start * Hour / 4) + 80, 0),
        })];
        Assert.True(Forgets(stream));

        HashSet<string> found = Ids(Local(stream, 1000));
        Assert.InRange(found.Count, 4, Starts - 4);

        // What lies before the earliest start that is kept is one slice to either.
        HashSet<string> stands = Ids(Delivered(stream, 1));
        Assert.Superset(found, stands);
        Assert.InRange(stands.Count, Starts, Starts + 1);
    }

    [Fact]
    public void The_properties_see_several_detections_of_one_number()
    {
        Observation[][] streams = FsCheck.Fluent.Gen.Sample(NumberedProcessArbitrary.Streams().Generator, 60, 40);
        Assert.True(streams.Sum(stream => Local(stream, 5).Count) > 40);
        Assert.Contains(streams, stream => Local(stream, 5).Count > 4);
    }

    private static bool Forgets(Observation[] stream) => stream.Select(ObservationFacts.OfProcess).OfType<ProcessFacts>().GroupBy(facts => facts.Key.Value)
        .Select(process => process.Aggregate(static (left, right) => left.Merge(right)))
        .Any(process => process.ForgottenRun is not null
            || process.Destinations.Any(destination => destination.Connections.Sample.Length >= Sightings.Capacity));

    private static HashSet<string> Ids(IEnumerable<string> lines) => [.. lines.Select(line => line[..50])];

    private static IEnumerable<string> Kept(Sightings sightings) =>
        sightings.Sample.Append(sightings.First!.Value).Append(sightings.Last!.Value).Distinct().Select(seen => seen.Id.ToString());

    private static IReadOnlyList<string> Local(IReadOnlyList<Observation> stream, int batchSize)
    {
        using LocalPipeline pipeline = new(DetectionSettings.Default, batchSize);
        foreach (Observation observation in stream)
        {
            pipeline.Receive(observation);
            pipeline.RecordDone();
        }

        return DeliveryRun.Lines(pipeline.OneByOne());
    }

    private static IReadOnlyList<string> Delivered(IReadOnlyList<Observation> stream, int batch)
    {
        using DeliveryRun run = new(DetectionSettings.Default);
        foreach (Observation[] chunk in stream.Chunk(batch))
        {
            run.Deliver(chunk);
        }

        run.LookAgain();
        return run.Standing();
    }
}
