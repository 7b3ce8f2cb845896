using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Correlation;
using CipherWatch.Core.Tests.Detections;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Pipeline.Delivery;

/// <summary>
/// What entities have said when all is delivered is what the local pipeline says of the same records, network findings one by one.
/// </summary>
[Properties(Arbitrary = [typeof(ObservationArbitrary)], MaxTest = 40)]
public class DeliveryProperties
{
    [Property]
    public void Entities_and_the_local_pipeline_agree(Observation[] stream) => AssertAgrees(Steady(stream), batch: 7);

    [Property]
    public void In_any_order(Observation[] stream) => AssertAgrees([.. Steady(stream).Reverse()], batch: 3);

    /// <summary>A stream with so many network findings alike that a run shows them as one: entities know of no others.</summary>
    [Property(Replay = "(10212654800627695907,6393208047217094651)", MaxTest = 1)]
    public void Of_many_alike_each_is_said(Observation[] stream)
    {
        Observation[] steady = Steady(stream);
        using LocalPipeline local = Local(steady);
        IReadOnlyList<Detection> each = local.OneByOne();

        Assert.True(local.Finish().Detections.Count > each.Count);
        Assert.Equal(DeliveryRun.Lines(each), Run(steady, 3).Standing());
    }

    [Property]
    public void One_record_at_a_time(Observation[] stream) => AssertAgrees(Steady(stream), batch: 1);

    [Property]
    public void With_batches_delivered_twice(Observation[] stream) =>
        AssertAgrees([.. Steady(stream).Chunk(5).SelectMany(chunk => chunk.Concat(chunk))], batch: 5);

    [Property(Replay = "(10315601835986175118,7019299324671600131,78)", MaxTest = 1)]
    public void A_mark_is_taken_back_whose_flow_was_crowded_out(Observation[] stream) => With_batches_delivered_twice(stream);

    /// <summary>More flows on a channel than it keeps, and than its processes do.</summary>
    [Property]
    public void On_crowded_channels(Observation[] stream, Observation[] second) => AssertAgrees(Crowded([.. Steady(stream), .. Steady(second)]), batch: 6);

    /// <summary>A process keeps the clock it was given last, so after a clock changed it takes one more operation to agree.</summary>
    [Property]
    public void After_clocks_changed_once_each_process_was_reached_again(Observation[] stream) => AssertAgrees([.. stream, .. stream], batch: 4);

    /// <summary>A process with more destinations than it keeps: those of its last day are left.</summary>
    [Property(Replay = "(9330950724942113624,2427107972927248361,98)", MaxTest = 1)]
    public void What_was_published_of_a_day_that_gave_way_stands(Observation[] stream)
    {
        Observation[] twice = [.. stream, .. stream];
        using LocalPipeline local = Local(twice);
        DeliveryRun run = Run(twice, batch: 4);

        Assert.NotEqual(DeliveryRun.Lines(local.OneByOne()), run.Standing());
        AssertAgrees(twice, batch: 4);
    }

    /// <summary>Programs of thirty hosts, some rare and some common: what one process is told depends on those of all others.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(10_000)]
    public void Of_a_fleet(int batch)
    {
        Scenario implant = new Scenario(Fleet.Implant).Started().OwnImage(false).Loads("bcrypt.dll").Connects(times: 9);
        Scenario editor = new Scenario(Fleet.Editor).Started(@"C:\Windows\System32\wscript.exe").OwnImage(true, "Editor AG").Loads("bcrypt.dll")
            .Connects(Fleet.Common, 8444, times: 12);
        Fleet fleet = new Fleet().On(Enumerable.Range(1, 12), editor, "ed").On([5], implant, "aa").On([3, 20], editor, "ed", days: 15).InSight(30);
        AssertAgrees([.. fleet.Observations], batch);
        AssertAgrees([.. fleet.Observations.Reverse(), .. fleet.Observations], batch);

        string said = string.Concat(Run([.. fleet.Observations], batch).Standing());
        Assert.All((string[])["rareProgram", "commonSigned", "Seen on 13 of 30 hosts"], word => Assert.Contains(word, said, StringComparison.Ordinal));
    }

    [Fact]
    public void The_properties_see_detections_and_withdrawals()
    {
        // Agreement on nothing would show nothing.
        Observation[][] streams = FsCheck.Fluent.Gen.Sample(ObservationArbitrary.Streams().Generator, 60, 40);
        DeliveryRun[] runs = [.. streams.Select(stream => Run(Steady(stream), 1))];
        Assert.True(runs.Sum(run => run.Standing().Count) > 20);
        Assert.Contains(runs, run => run.Published.Values.Any(detection => detection.Withdrawn));
        Assert.Contains(runs, run => run.Published.Values.Any(detection => detection.SupersededBy is not null));
        Assert.Contains(runs, run => run.Published.Values.Any(detection => detection.Revision > 2));
    }

    /// <summary>The same stream of hosts whose recorders keep one zone.</summary>
    private static Observation[] Steady(Observation[] stream) =>
    [
        .. stream.Select(observation => observation with
        {
            RecordTime = observation.RecordTime is null ? null : (observation.Time ?? observation.RecordTime)?.AddSeconds(2),
        }),
    ];

    /// <summary>
    /// The same stream on one day, the connections of a process on one channel, each with a sample of its payload: where a sensor sees what
    /// the endpoint tells of. Of several days what was published of the earlier ones stands.
    /// </summary>
    private static Observation[] Crowded(Observation[] stream) =>
    [
        .. stream.Select(OfOneDay).SelectMany((observation, at) => observation.Kind != ObservationKind.Connection ? [observation]
            : (Observation[])[observation with { Flow = OfOne(observation, at) }, Sample(observation, OfOne(observation, at), at)]),
    ];

    private static Observation OfOneDay(Observation observation)
    {
        DateTimeOffset day = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        return observation with { Time = day + observation.Time?.TimeOfDay, RecordTime = day + observation.RecordTime?.TimeOfDay };
    }

    private static FlowFields OfOne(Observation connection, int at) => connection.Flow! with
    {
        SrcPort = (ushort)(51_000 + at),
        DstPort = (ushort)(9000 + connection.Process!.Guid![0]),
        DstIp = IpAddress.Parse("203.0.113.9"),
    };

    private static Observation Sample(Observation connection, FlowFields flow, int at) => new()
    {
        Kind = ObservationKind.Payload,
        Source = SourceNames.Zeek,
        Platform = TelemetryPlatform.Network,
        Time = connection.Time ?? connection.RecordTime,
        EventCode = 7,
        Flow = flow with { Direction = FlowDirection.Unknown, Handshake = Handshake.None },
        Payload = new()
        {
            Length = 512,
            Direction = PayloadDirection.Out,
            SampleId = (ulong)at,
            Score = new() { Sampled = 512, Score = 7.6, Z = -1, Verdict = PayloadVerdict.Encrypted },
        },
    };

    private static void AssertAgrees(Observation[] stream, int batch)
    {
        using LocalPipeline local = Local(stream);
        IReadOnlyList<Detection> expected = local.OneByOne();
        DeliveryRun run = Run(stream, batch);
        Assert.Equal(DeliveryRun.Lines(expected), run.StandingBut(expected.Select(detection => detection.DetectionId).ToHashSet()));
    }

    private static LocalPipeline Local(Observation[] stream)
    {
        LocalPipeline local = new(DetectionSettings.Default, 1000);
        foreach (Observation observation in stream)
        {
            local.Receive(observation);
            local.RecordDone();
        }

        return local;
    }

    private static DeliveryRun Run(Observation[] stream, int batch)
    {
        DeliveryRun run = new(DetectionSettings.Default);
        foreach (Observation[] chunk in stream.Chunk(batch))
        {
            run.Deliver(chunk);
        }

        run.LookAgain();
        return run;
    }
}
