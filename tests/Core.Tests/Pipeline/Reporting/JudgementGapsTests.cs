using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Detections;

namespace CipherWatch.Core.Tests.Pipeline.Reporting;

/// <summary>What was read and could not be judged is said.</summary>
public class JudgementGapsTests
{
    private const string NoLoads = "1 of 1 Windows processes with connections have no library event";
    private const string NoImages = "without the programs' own images";
    private const string NoStart = "1 of 1 processes with connections have no start on record";

    [Fact]
    public void A_process_whose_start_and_image_are_not_on_record_is_told_of()
    {
        string[] told = Told(new Scenario().Loads("dssenh.dll").Connects());
        Assert.Contains(told, line => line.Contains(NoImages, StringComparison.Ordinal));
        Assert.Contains(told, line => line.Contains(NoStart, StringComparison.Ordinal));
        Assert.DoesNotContain(told, line => line.Contains(NoLoads, StringComparison.Ordinal));
    }

    [Fact]
    public void A_process_without_library_events_is_told_of_where_others_have_them()
    {
        LocalPipeline pipeline = new(DetectionSettings.Default, 100);
        new Scenario().Started().Connects().Feed(pipeline);
        Assert.DoesNotContain(pipeline.Finish().Warnings, line => line.Contains(NoLoads, StringComparison.Ordinal));
        pipeline.Receive(new()
        {
            Kind = ObservationKind.ModuleLoad,
            Source = SourceNames.Sysmon,
            Platform = TelemetryPlatform.Windows,
            Time = Scenario.Noon,
            Module = new() { Path = @"C:\Windows\System32\lsass.exe", IsOwnImage = true },
        });
        Assert.Contains(pipeline.Finish().Warnings, line => line.StartsWith(NoLoads, StringComparison.Ordinal));
    }

    [Fact]
    public void A_process_that_is_wholly_on_record_is_not_told_of() =>
        Assert.Empty(Told(new Scenario().Started().OwnImage(signed: true).Loads("rsaenh.dll").Connects()));

    [Fact]
    public void Flows_that_began_before_their_capture_and_those_without_payload_are_told_of()
    {
        string[] told = Told(
            new Scenario().FlowRecord(Handshake.Unseen, bytes: 5000, local: 50001).FlowRecord(Handshake.None, bytes: 5000, ip: "198.51.100.7")
                .Payload(Scenario.Random(), local: 50003));
        Assert.Contains(told, line => line.StartsWith("1 of 2 flows began before their capture", StringComparison.Ordinal));
        Assert.Contains(told, line => line.Contains("channels carried bytes that nothing explains", StringComparison.Ordinal));
    }

    /// <summary>Payload that is no evidence has been seen all the same.</summary>
    [Fact]
    public void A_flow_whose_payload_was_judged_to_be_something_is_not_told_of()
    {
        byte[] text = [.. Enumerable.Range(0, 900).Select(index => (byte)('a' + (index * index % 23)))];
        string[] told = Told(
            new Scenario().FlowRecord(Handshake.None, bytes: 5000, local: 50001).Payload(PayloadScorer.Score(text), local: 50001));
        Assert.DoesNotContain(told, line => line.Contains("channels carried bytes that nothing explains", StringComparison.Ordinal));
    }

    private static string[] Told(params Scenario[] scenarios)
    {
        LocalPipeline pipeline = new(DetectionSettings.Default, 100);
        foreach (Scenario scenario in scenarios)
        {
            scenario.Feed(pipeline);
        }

        return [.. pipeline.Finish().Warnings];
    }
}
