using System.Text;
using CipherWatch.Benchmarks.Synthetic;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Telemetry.Windows;

/// <summary>The same event is the same observation, with the same id, in whichever rendering it comes.</summary>
public class RenderingTests
{
    private static readonly SyntheticEvent[] Events = [.. SyntheticDay.Events(4000)];

    public static TheoryData<string> Names => [.. Renderings.All.Select(rendering => rendering.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_rendering_gives_the_same_observations(string name)
    {
        Reading expected = Read("nxlog");
        Reading actual = Read(name);
        Assert.Equal(Meanings(expected), Meanings(actual));
        Assert.Equal(expected.Counts.Skipped, actual.Counts.Skipped);
        Assert.Equal(0, actual.Counts.DeadLettered);
        Assert.Equal(6, actual.Observations.Select(observation => observation.EventCode).Distinct().Count());
    }

    /// <summary>Windows knows no case in the names of channels, and some stores write all in small letters.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_case_of_a_channel_says_nothing(string name)
    {
        string written = Encoding.UTF8.GetString(Rendered(name));
        string small = written.Replace("Microsoft-Windows-Sysmon", "microsoft-windows-sysmon", StringComparison.Ordinal)
            .Replace("Operational", "operational", StringComparison.Ordinal);
        Assert.NotEqual(written, small);
        Assert.Equal(Meanings(Read(name)), Meanings(Reading.Of(small)));
    }

    private static byte[] Rendered(string name) => Renderings.Render(Renderings.All.Single(rendering => rendering.Name == name).Write, Events);

    private static Reading Read(string name) =>
        Reading.Of(Rendered(name));

    /// <summary>The observations as JSON, but for the record's clock, which renderings cut to different lengths.</summary>
    private static string Meanings(Reading reading) => string.Join('\n', reading.Observations.Select(observation =>
        Encoding.UTF8.GetString(ObservationJson.ToUtf8(observation with { RecordTime = null }))));
}
