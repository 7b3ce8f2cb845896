using System.Text;
using Azure;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Functions.Orchestrations;
using CipherWatch.Functions.Tests.Fakes;

namespace CipherWatch.Functions.Tests;

/// <summary>The same records through the app and through the local runner's pipeline are the same detections.</summary>
public class PipelineTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task The_app_and_the_local_pipeline_find_the_same(int batchSize)
    {
        IReadOnlyList<string> records = Fleet.Records();
        App app = await DeliverAsync(records.Chunk(batchSize).Select((chunk, index) => (index * 10_000L, chunk)));
        Assert.Equal(Local(records), app.Detections.Standing());
        Assert.Empty(app.Letters.Held);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task In_any_order_of_batches_and_records(int seed)
    {
        IReadOnlyList<string> records = Fleet.Records();
        string[] shuffled = [.. records];
        new Random(seed).Shuffle(shuffled);
        App app = await DeliverAsync(shuffled.Chunk(11).Select((chunk, index) => (index * 10_000L, chunk)));
        Assert.Equal(Local(records), app.Detections.Standing());
    }

    [Fact]
    public async Task With_batches_delivered_twice_under_the_same_id_and_under_another()
    {
        IReadOnlyList<string> records = Fleet.Records();
        (long First, string[] Lines)[] batches = [.. records.Chunk(9).Select((chunk, index) => (index * 10_000L, chunk))];
        App app = await DeliverAsync(batches.SelectMany(batch => new[] { batch, batch, (batch.First + 5_000_000, batch.Lines) }));
        Assert.Equal(Local(records), app.Detections.Standing());
        Assert.Equal(app.Client.Started.Select(start => start.Id).Distinct().Count(), app.Client.Started.Count);
    }

    /// <summary>What one process is told depends on those of all other hosts, in whatever batch they come.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(100)]
    [InlineData(1000)]
    public async Task Of_many_hosts(int batchSize)
    {
        IReadOnlyList<string> records = ManyHosts.Records();
        App app = await DeliverAsync(records.Chunk(batchSize).Select((chunk, index) => (index * 10_000L, chunk)));
        Assert.Equal(Local(records), app.Detections.Standing());
        Assert.All(
            (string[])["Seen on 2 of 24 hosts, since 2026-03-02: the program, by its hash", "Seen on 12 of 24 hosts, since 2026-03-02: programs signed by"],
            said => Assert.Contains(app.Detections.Standing(), line => line.Contains(said, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Prevalence_that_cannot_be_kept_holds_no_finding_up()
    {
        IReadOnlyList<string> records = Fleet.Records();
        App app = await DeliverAsync(
            [(0, [.. records])], new PrevalenceStore { Refuses = new RequestFailedException(403, "The app may not write here yet.") });
        Assert.Equal(Local(records), app.Detections.Standing());
        Assert.Empty(app.Letters.Held);
    }

    [Fact]
    public async Task What_the_fleet_shows()
    {
        // Agreement on little would show little.
        App app = await DeliverAsync(Fleet.Records().Chunk(5).Select((chunk, index) => (index * 10_000L, chunk)));
        List<Detection> standing = app.Detections.Held.Values.Where(detection => !detection.Withdrawn).ToList();
        Assert.Equal(3, standing.Count(detection => detection.AnalyticId == "AN0400" && detection.Process!.Image!.EndsWith("upd.exe", StringComparison.Ordinal)));
        Assert.Single(standing, detection => detection.AnalyticId == "AN0404" && detection.SupersededBy is null);
        Assert.Equal(2, standing.Count(detection => detection.SupersededBy is not null));
        Assert.Contains(app.Detections.Held.Values, detection => detection.Withdrawn && detection.Process!.Image!.EndsWith("notes.exe", StringComparison.Ordinal));
        Assert.Contains(standing, detection => detection.Revision > 1);
    }

    [Fact]
    public async Task An_entity_that_fails_at_first_changes_nothing()
    {
        IReadOnlyList<string> records = Fleet.Records();
        App app = new();
        await app.TriggerAsync(Fleet.Events(records));
        foreach ((_, BatchPart part) in app.Client.Started)
        {
            OrchestrationContext context = new(part, app.Entities)
            {
                Journal = app.Journal,
                Fails = static (_, call) => call <= 2,
                Publish = publication => app.Detections.PublishAsync(publication.Detections, CancellationToken.None),
            };
            await BatchOrchestration.RunAsync(context);
        }

        Assert.Equal(Local(records), app.Detections.Standing());
    }

    private static async Task<App> DeliverAsync(IEnumerable<(long First, string[] Lines)> batches, PrevalenceStore? prevalence = null)
    {
        App app = new() { Prevalence = prevalence ?? new() };
        foreach ((long first, string[] lines) in batches)
        {
            await app.TriggerAsync(Fleet.Events(lines, first));
            await app.RunAsync();
        }

        await app.LookAgainAsync();
        return app;
    }

    private static IReadOnlyList<string> Local(IEnumerable<string> records)
    {
        LocalPipeline pipeline = new(DetectionSettings.Default, 100);
        Ingestor ingestor = new(pipeline, new NoLetters());
        foreach (string record in records)
        {
            ingestor.Read(Encoding.UTF8.GetBytes(record), "test");
        }

        return DetectionStore.Lines(pipeline.OneByOne());
    }

    private sealed class NoLetters : IDeadLetterSink
    {
        public void Write(DeadLetter letter) => Assert.Fail(letter.Reason);
    }
}
