using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Folding;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
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

    /// <summary>Who connected there alone has the flow; else the last that had begun when it was seen first.</summary>
    [Theory]
    [InlineData("203.0.113.1", 1, 150, 1)]
    [InlineData("203.0.113.2", 1, 20, 2)]
    [InlineData("203.0.113.3", 1, 140, 2)]
    [InlineData("203.0.113.3", 1, 50, 1)]
    [InlineData("203.0.113.3", 1, 5, 1)]
    [InlineData("203.0.113.1", 2, 150, 2)]
    [InlineData("203.0.113.4", 1, 150, 2)]
    [InlineData("203.0.113.4", 1, 60, 1)]
    [InlineData("203.0.113.4", 1, 5, 0)]
    public void A_flow_goes_to_the_image_that_called_there_or_ran_at_the_time(string ip, int port, int seen, int slice)
    {
        FlowSummary flow = new()
        {
            Key = FlowKey.Create(Example.ChannelKey.SourceIp, 50_100, IpAddress.Parse(ip), (ushort)port, 6),
            Day = Example.Day,
            FirstInitiates = true,
            Seen = Example.Seen(seen),
        };
        IReadOnlyList<ProcessFacts> slices = ProcessSlices.Of(Number(Run(100, "/b"), Run(10, "/a")) with
        {
            Destinations = [To("203.0.113.1", 20), To("203.0.113.2", 120), To("203.0.113.3", 30, 130)],
            Flows = [flow],
        });
        Assert.Equal([slice == 0 ? 1 : 0, slice == 1 ? 1 : 0, slice == 2 ? 1 : 0], slices.Select(part => part.Flows.Length));

        static DestinationFacts To(string ip, params int[] seconds) => new() { Key = new(Example.Day, IpAddress.Parse(ip), 1, 6), Connections = Example.Seen(seconds) };
    }

    [Theory]
    [InlineData(10_000, 0, "/x", 10_500, 7, "/x", 2)]
    [InlineData(10_000, 0, "/x", 12_000, 7, "/x", 2)]
    [InlineData(10_000, 0, "/x", 12_001, 7, "/x", 3)]
    [InlineData(10_400, 7, "/x", 11_000, 0, "/x", 2)]
    [InlineData(10_400, 0, "/x", 10_900, 0, "/x", 3)]
    [InlineData(10_000, 3, "/x", 10_500, 4, "/x", 3)]
    [InlineData(10_000, 0, "/x", 10_500, 7, "/y", 3)]
    [InlineData(10_000, 0, "/x", 10_500, 7, null, 2)]
    [InlineData(10_400, 5, null, 15_400, 7, "/x", 2)]
    [InlineData(10_400, 5, null, 15_401, 7, "/x", 3)]
    public void Two_records_are_of_one_start_where_one_tells_it_to_the_second_or_names_no_image(
        int ms, int serial, string? image, int otherMs, int otherSerial, string? other, int slices) => Assert.Equal(
            slices, ProcessSlices.Of(Number(At(otherMs, otherSerial, other), At(ms, serial, image))).Count);

    [Fact]
    public void What_a_start_does_not_say_stays_as_what_is_known_of_the_number()
    {
        ProcessFacts number = Number(
            Run(100, "/b") with { ParentImage = "/p", User = "bob", CommandLine = "b -x" }, Run(10, "/a")) with
        {
            ParentImage = "/q",
            User = "ana",
            CommandLine = "q",
            Injections = [new() { Source = "/i", Threads = Example.Seen(20) }],
        };
        IReadOnlyList<ProcessFacts> slices = ProcessSlices.Of(number);
        Assert.Equal(
            [("/n", "/q", "ana", "q", 0), ("/a", "/q", "ana", "q", 1), ("/b", "/p", "bob", "b -x", 0)],
            slices.Select(slice => (slice.Image!, slice.ParentImage!, slice.User!, slice.CommandLine!, slice.Injections.Length)));
    }

    [Fact]
    public void What_began_before_the_first_start_on_record_has_the_image_that_was_seen_then()
    {
        ProcessFacts number = Number(Run(100, "/b")) with { FirstSeen = Run(20, "/a") with { Started = null } };
        Assert.Equal(["/a", "/b"], ProcessSlices.Of(number).Select(slice => slice.Image));
        Assert.Equal(["/n", "/b"], ProcessSlices.Of(number with { FirstSeen = null }).Select(slice => slice.Image));
    }

    [Fact]
    public void A_flow_of_another_day_is_not_of_who_called_there_on_this_one()
    {
        FlowSummary flow = Example.Summary with { SecondInitiates = false, Day = Example.Day + 1, Seen = Example.Seen(86_400) };
        IReadOnlyList<ProcessFacts> slices = ProcessSlices.Of(Number(Run(100, "/b"), Run(10, "/a")) with
        {
            Destinations = [Example.Destination with { Connections = Example.Seen(20) }],
            Flows = [flow],
        });
        Assert.Equal([0, 0, 1], slices.Select(slice => slice.Flows.Length));
    }

    /// <summary>A name is of each image in whose time it was called: between the first and the last time that it was.</summary>
    [Theory]
    [InlineData(5, 6, true, false, false)]
    [InlineData(5, 50, true, true, false)]
    [InlineData(20, 30, false, true, false)]
    [InlineData(20, 100, false, true, true)]
    [InlineData(100, 110, false, false, true)]
    public void A_name_is_of_the_images_in_whose_time_it_was_called(int from, int to, bool before, bool first, bool second)
    {
        NameFacts name = new() { Key = new(Example.Day, Example.ChannelKey.DestinationIp, 443, "a"), First = Example.Time(from), Last = Example.Time(to) };
        Assert.Equal(
            [before, first, second],
            ProcessSlices.Of(Number(Run(100, "/b"), Run(10, "/a")) with { Names = [name] }).Select(slice => slice.Names.Length == 1));
    }

    [Theory]
    [InlineData(null, "/n")]
    [InlineData("/z", "/z")]
    public void A_start_that_names_no_image_has_that_which_was_seen_behind_it(string? started, string image)
    {
        ProcessFacts number = Number(Run(10, started)) with { Image = "/other", FirstSeen = Run(20, "/n") with { Started = null } };
        Assert.Equal(image, ProcessSlices.Of(number)[1].Image);
    }

    [Fact]
    public void A_start_is_forgotten_where_later_ones_took_its_room_and_the_time_is_before_those_that_are_left()
    {
        ProcessFacts number = Number(Run(100, "/b"));
        DateTimeOffset start = DateTimeOffset.FromUnixTimeMilliseconds(Example.Time(100).Ms);
        Assert.False(ProcessSlices.IsForgotten(number, start.AddSeconds(-1)));
        number = number with { ForgottenRun = Example.Time(1) };
        Assert.True(ProcessSlices.IsForgotten(number, start.AddSeconds(-1)));
        Assert.False(ProcessSlices.IsForgotten(number, start));
        Assert.False(ProcessSlices.IsForgotten(number with { Runs = [] }, start.AddSeconds(-1)));
    }

    private static ProcessFacts Number(params ImageRun[] latestFirst) => new()
    {
        Key = ProcessKey.FromPid("web1", 100, startUnixMs: null),
        Platform = TelemetryPlatform.Linux,
        Image = "/n",
        Runs = [.. latestFirst],
    };

    private static ImageRun Run(int second, string? image) => new() { Time = Example.Time(second), Serial = second, Started = Example.Id(second), Image = image };

    private static ImageRun At(int ms, int serial, string? image) => new() { Time = new(FactClock.Record, (Example.Day * 86_400_000L) + ms), Serial = serial, Image = image };
}
