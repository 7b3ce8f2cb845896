using System.Text;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Correlation;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Pipeline;

/// <summary>What is found depends on the records alone.</summary>
[Properties(Arbitrary = [typeof(ObservationArbitrary)], MaxTest = 60)]
public class LocalPipelineProperties
{
    [Property]
    public void Order_does_not_matter(Observation[] stream) => Assert.Equal(Run(stream, 5), Run([.. stream.Reverse()], 5));

    [Property]
    public void Repetition_does_not_matter(Observation[] stream) => Assert.Equal(Run(stream, 5), Run([.. stream, .. stream], 3));

    [Property]
    public void Batch_size_does_not_matter(Observation[] stream) => Assert.Equal(Run(stream, 1), Run(stream, 1000));

    [Property]
    public void Looking_in_between_does_not_matter(Observation[] stream) => Assert.Equal(Run(stream, 5), Run(stream, 5, preview: true));

    /// <summary>Of many alike the one is added, and each of them stays, but for the mark of it.</summary>
    [Property]
    public void What_a_run_shows_holds_each_finding(Observation[] stream)
    {
        using LocalPipeline pipeline = new(DetectionSettings.Default, 100);
        foreach (Observation observation in stream)
        {
            pipeline.Receive(observation);
            pipeline.RecordDone();
        }

        ILookup<DetectionId, Detection> shown = pipeline.Finish().Detections.ToLookup(detection => detection.DetectionId);
        Assert.All(pipeline.OneByOne(), one => Assert.Equal(
            Line(one),
            Line(Assert.Single(shown[one.DetectionId]) with { SupersededBy = one.SupersededBy, Suppressed = one.Suppressed })));

        static string Line(Detection detection) => Encoding.UTF8.GetString(DetectionJson.ToUtf8(detection));
    }

    /// <summary>Nothing is held: every entity is spilled as soon as it is known, and the journal with its first entries.</summary>
    [Property(MaxTest = 15)]
    public void What_is_spilled_is_found_again(Observation[] stream) => Assert.Equal(Run(stream, 5), Run(stream, 5, preview: false, maxHeldBytes: 1));

    [Property(MaxTest = 5)]
    public void Looking_at_what_is_spilled_does_not_matter(Observation[] stream) => Assert.Equal(Run(stream, 7), Run(stream, 30, preview: true, maxHeldBytes: 4000));

    [Fact]
    public void The_properties_see_detections()
    {
        // A property over streams that never find anything would hold of a pipeline that finds nothing.
        Observation[][] streams = FsCheck.Fluent.Gen.Sample(ObservationArbitrary.Streams().Generator, 60, 40);
        int found = streams.Sum(stream => Run(stream, 5).Count(character => character == '\n'));
        Assert.True(found > 20, $"only {found} detections over 40 streams");
    }

    private static string Run(IReadOnlyList<Observation> stream, int batchSize, bool preview = false, int maxHeldBytes = FactSet.MaxHeldBytes)
    {
        using LocalPipeline pipeline = new(DetectionSettings.Default, batchSize, maxHeldBytes);
        foreach (Observation observation in stream)
        {
            pipeline.Receive(observation);
            pipeline.RecordDone();
            if (preview)
            {
                pipeline.Preview();
            }
        }

        return string.Concat(pipeline.Finish().Detections.Select(detection => Encoding.UTF8.GetString(DetectionJson.ToUtf8(detection)) + '\n'));
    }
}
