using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Tests.Pipeline;

/// <summary>A source that stops while others of its host go on is told of.</summary>
public class SilentSourcesTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_hypervisor_whose_vmsyslogd_was_stopped_is_named()
    {
        IReadOnlyList<string> warnings = Warnings(Every(15, 0, 24 * 60, SourceNames.Esxcli), Every(10, 0, 6 * 60, SourceNames.Esxi));

        string warning = Assert.Single(warnings, warning => warning.Contains("stopped while", StringComparison.Ordinal));
        Assert.Contains("esx1 after 2026-03-02 05:50:00Z", warning, StringComparison.Ordinal);
        Assert.Contains("vmsyslogd", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 24 * 60)] // goes on to the end
    [InlineData(10, 23 * 60)] // an hour is a restart
    [InlineData(120, 14 * 60)] // too few to have a rhythm
    public void A_source_that_goes_on_is_not(int minutes, int until) =>
        Assert.DoesNotContain(
            Warnings(Every(15, 0, 24 * 60, SourceNames.Esxcli), Every(minutes, 0, until, SourceNames.Esxi)),
            warning => warning.Contains("stopped while", StringComparison.Ordinal));

    [Fact]
    public void A_host_that_was_shut_down_is_not() =>
        Assert.DoesNotContain(
            Warnings(Every(15, 0, 6 * 60, SourceNames.Esxcli), Every(10, 0, 6 * 60, SourceNames.Esxi), Every(10, 0, 24 * 60, SourceNames.Esxi, "esx2")),
            warning => warning.Contains("stopped while", StringComparison.Ordinal));

    [Fact]
    public void Rules_that_log_only_what_succeeds_are_told_of()
    {
        IEnumerable<Observation> Audited(bool underWay) => Every(1, 0, 200, SourceNames.Auditd).Select((observation, index)
            => observation with { Platform = TelemetryPlatform.Linux, IsUnderWay = underWay && index == 77 });

        Assert.Contains(Warnings(Audited(false)), warning => warning.Contains("success=1", StringComparison.Ordinal));
        Assert.DoesNotContain(Warnings(Audited(true)), warning => warning.Contains("success=1", StringComparison.Ordinal));
        Assert.DoesNotContain(Warnings(Audited(false).Take(99)), warning => warning.Contains("success=1", StringComparison.Ordinal));
    }

    private static IEnumerable<Observation> Every(int minutes, int from, int until, string source, string host = "esx1")
    {
        for (int minute = from; minute < until; minute += minutes)
        {
            yield return new()
            {
                Kind = ObservationKind.Connection,
                Source = source,
                Platform = TelemetryPlatform.Esxi,
                Time = Midnight.AddMinutes(minute),
                Host = host,
            };
        }
    }

    private static IReadOnlyList<string> Warnings(params IEnumerable<Observation>[] sources)
    {
        LocalPipeline pipeline = new(DetectionSettings.Default, 10);
        foreach (Observation observation in sources.SelectMany(source => source))
        {
            pipeline.Receive(observation);
        }

        return pipeline.Finish().Warnings;
    }
}
