using CipherWatch.Core.Correlation.Folding;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Tests.Correlation.Process;

public class ProcessSlicesTests
{
    private const int Agent = 0;
    private const int Bash = 1;
    private const int Dropped = 2;
    private const int Minute = 60_000;

    [Fact]
    public void What_an_image_did_is_not_laid_to_the_one_that_ran_before_it()
    {
        Detection detection = Assert.Single(Found([Start(0, Bash), Start(5, Agent), Loads(20, Agent), .. Connects(100, Agent)]));

        Assert.Equal("/dev/shm/.agent", detection.Process!.Image);
        Assert.Equal("/dev/shm/.agent-x", detection.Process.CommandLine);
        Assert.Equal(detection.Process.Key!.Value.At(0).Value.Length, detection.Process.Key.Value.Value.Length + 2);
    }

    [Fact]
    public void Two_processes_of_one_number_are_two_detections()
    {
        Observation[] first = [Start(0, Agent), Loads(20, Agent), .. Connects(100, Agent)];
        Observation[] second = [Start(60 * Minute, Dropped), Loads((60 * Minute) + 20, Dropped), .. Connects((60 * Minute) + 100, Dropped)];

        IReadOnlyList<Detection> both = Found([.. first, .. second]);
        Assert.Equal(["/dev/shm/.agent", "/tmp/x"], both.Select(detection => detection.Process!.Image));
        Assert.Equal(Found(first).Concat(Found(second)).Select(detection => (detection.DetectionId, detection.Confidence)), both.Select(detection => (detection.DetectionId, detection.Confidence)));
    }

    [Fact]
    public void What_ran_before_the_recording_began_is_a_slice_of_its_own()
    {
        IReadOnlyList<Detection> found = Found([Loads(0, Agent), .. Connects(100, Agent), Start(60 * Minute, Bash), .. Connects(61 * Minute, Bash, times: 1)]);

        Detection detection = Assert.Single(found, one => one.Process!.Image == "/dev/shm/.agent");
        Assert.Equal("web1|100", detection.Process!.Key!.Value.Value);
        Assert.Equal("/dev/shm/.agent", detection.Process.Image);
    }

    [Fact]
    public void A_start_told_of_to_the_second_and_to_the_millisecond_is_one()
    {
        Observation precise = Start(1_400, Agent);
        Observation coarse = Start(1_400, Agent, variant: 3);
        Observation[] rest = [Loads(1_420, Agent), .. Connects(1_500, Agent)];

        Detection one = Assert.Single(Found([precise, .. rest]));
        Detection both = Assert.Single(Found([coarse, precise, .. rest]));
        Assert.Equal(one.DetectionId, both.DetectionId);
    }

    [Fact]
    public void A_record_that_says_when_its_process_began_gives_it_the_same_slice()
    {
        Observation said = Connects(1_000, Agent, times: 1)[0];
        said = said with { Process = said.Process! with { StartTime = said.Time!.Value.AddMilliseconds(-1_000), StartSerial = 0 } };

        ProcessFacts facts = Fold([Start(0, Agent), said]);
        Assert.Single(facts.Runs);
        Assert.Equal(2, ProcessSlices.Of(facts).Count);
        Assert.Equal("web1|100@" + facts.Runs[0].Time.Ms, ProcessSlices.Of(facts)[1].Key.Value);
    }

    [Fact]
    public void Of_more_starts_than_a_state_holds_the_latest_are_kept()
    {
        ProcessFacts facts = Fold([.. Enumerable.Range(0, 100).Select(start => Start(start * 1_500, start % 4))]);

        Assert.InRange(facts.Runs.Length, 3, 12);
        Assert.Equal(99 * 1_500 / 3, facts.Runs[0].Serial);
        Assert.Equal(facts.Runs.Length + 1, ProcessSlices.Of(facts).Count);
    }

    [Fact]
    public void A_name_that_only_Windows_gives_is_not_cut()
    {
        ProcessFacts facts = Fold([Start(0, Agent) with { Platform = Core.Identity.TelemetryPlatform.Windows }]);

        Assert.Empty(facts.Runs);
        Assert.NotNull(facts.Starts.First);
        Assert.Same(facts, Assert.Single(ProcessSlices.Of(facts)));
    }

    [Fact]
    public void A_job_that_launchd_spawned_is_the_program_that_it_became()
    {
        Observation spawn = Start(0, Agent) with { Platform = Core.Identity.TelemetryPlatform.MacOs, EventSerial = null };
        spawn = spawn with { Process = spawn.Process! with { Image = null, CommandLine = null, ParentImage = "/sbin/launchd", Job = "gui/501/com.example.agent" } };
        Observation exec = Start(40, Agent) with { Platform = Core.Identity.TelemetryPlatform.MacOs };

        ProcessFacts slice = ProcessSlices.Of(Fold([exec, spawn]))[^1];
        Assert.Equal(("/dev/shm/.agent", "gui/501/com.example.agent", "/sbin/launchd"), (slice.Image, slice.Job, slice.ParentImage));
        Assert.NotNull(slice.Starts.First);
    }

    private static Observation Start(int ms, int image, int variant = 0) =>
        NumberedProcessArbitrary.Make(ObservationKind.ProcessStart, 100, ms, image, variant);

    private static Observation Loads(int ms, int image) => NumberedProcessArbitrary.Make(ObservationKind.ModuleLoad, 100, ms, image);

    private static Observation[] Connects(int ms, int image, int times = 10) =>
        [.. Enumerable.Range(0, times).Select(time => NumberedProcessArbitrary.Make(ObservationKind.Connection, 100, ms + (time * Minute), image))];

    private static ProcessFacts Fold(IEnumerable<Observation> observations) =>
        observations.Select(observation => ObservationFacts.OfProcess(observation)!).Aggregate((left, right) => left.Merge(right));

    private static IReadOnlyList<Detection> Found(IEnumerable<Observation> observations)
    {
        using LocalPipeline pipeline = new(DetectionSettings.Default, 100);
        foreach (Observation observation in observations)
        {
            pipeline.Receive(observation);
        }

        return pipeline.Finish().Detections;
    }
}
