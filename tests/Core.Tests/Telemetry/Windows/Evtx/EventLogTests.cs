using System.Text;
using CipherWatch.Benchmarks.Synthetic;
using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Telemetry.Windows.Evtx;

/// <summary>Whole logs: the same observations as the XML of the same events gives.</summary>
public class EventLogTests
{
    private static readonly SyntheticEvent[] Events = [.. SyntheticDay.Events(4000)];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_binary_log_gives_what_the_xml_of_its_events_gives(bool withTemplates)
    {
        Reading expected = Reading.Of(Renderings.Render(Renderings.All.Single(rendering => rendering.Name == "evtx-xml").Write, Events));
        Reading actual = Reading.Of(EventLogBuilder.Of(Events, withTemplates));

        Assert.Equal(Meanings(expected), Meanings(actual));
        Assert.Equal(
            (expected.Counts.Observed, expected.Counts.Skipped, 0L),
            (actual.Counts.Observed, actual.Counts.Skipped, actual.Counts.DeadLettered));
        Assert.Equal(expected.Counts.BySource, actual.Counts.BySource);
        Assert.Equal(6, actual.Observations.Select(observation => observation.EventCode).Distinct().Count());
    }

    [Fact]
    public void Unwanted_libraries_make_no_observation_and_are_counted()
    {
        Reading reading = new() { Wants = _ => false };
        reading.Stream(new MemoryStream(EventLogBuilder.Of(Events)));

        Assert.Equal(Reading.Of(EventLogBuilder.Of(Events)).Counts.ModuleLoads, reading.Counts.ModuleLoads);
        Assert.All(
            reading.Observations.Where(observation => observation.Kind == ObservationKind.ModuleLoad),
            observation => Assert.True(observation.Module!.IsOwnImage));
    }

    [Fact]
    public void An_event_that_is_not_read_costs_no_memory()
    {
        byte[] log = EventLogBuilder.Of(Events.Where(record => record.Id is 10 or 12 or 13).Take(500));
        Reading reading = new();
        Ingestor ingestor = new(reading, reading);
        ingestor.Read(log, "input");

        // A collection that other tests cause adds to a figure: the least of a few counts.
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            ingestor.Read(log, "input");
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }));
        Assert.Equal(3000, ingestor.Counts.Skipped);
    }

    [Fact]
    public void Gzip_is_read_through()
    {
        byte[] log = EventLogBuilder.Of(Events[..200]);
        using MemoryStream packed = new();
        using (System.IO.Compression.GZipStream gzip = new(packed, System.IO.Compression.CompressionLevel.Fastest))
        {
            gzip.Write(log);
        }

        Assert.Equal(Reading.Of(log).Summary(), Reading.Of(packed.ToArray()).Summary());
    }

    [Fact]
    public void Another_format_that_is_asked_for_does_not_read_it()
    {
        Reading reading = new("nxlog");
        reading.Stream(new MemoryStream(EventLogBuilder.Of(Events[..10])));

        Assert.Equal((1, 1), (reading.Counts.Records, reading.Counts.DeadLettered));
        Assert.Contains("--format evtx", reading.DeadLetters[0].Reason, StringComparison.Ordinal);
    }

    private static string Meanings(Reading reading) => string.Join('\n', reading.Observations.Select(observation =>
        Encoding.UTF8.GetString(ObservationJson.ToUtf8(observation))));
}
