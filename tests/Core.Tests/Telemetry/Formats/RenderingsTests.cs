using System.Text;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Golden;
using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Telemetry.Formats;

/// <summary>
/// One process's events, one sensor's entries, in whichever rendering they come: the same observations, with the same ids. The
/// renderings are the goldens whose folder begins with the name of the plain one's.
/// </summary>
public class RenderingsTests
{
    private static readonly string[] Plain = ["nxlog/process", "zeek/log-entries", "suricata/eve-events"];

    public static TheoryData<string, string> Cases => [.. Plain.SelectMany(plain => GoldenInputs.Cases
        .Where(name => Folder(name).StartsWith(Folder(plain) + "-", StringComparison.Ordinal))
        .Select(name => (plain, name)))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_rendering_says_what_the_plain_one_says(string plain, string name)
    {
        Reading expected = Read(plain);
        Reading actual = Read(name);
        Assert.Empty(actual.DeadLetters.Select(letter => letter.Reason));
        Assert.Equal(expected.Observations.Select(Meaning), actual.Observations.Select(Meaning));
        Assert.Equal(expected.Observations.Select(observation => observation.Id), actual.Observations.Select(observation => observation.Id));
        Assert.Equal((expected.Counts.Observed, expected.Counts.Skipped), (actual.Counts.Observed, actual.Counts.Skipped));
    }

    [Fact]
    public void The_plain_ones_say_something() => Assert.All(Plain, plain => Assert.NotEmpty(Read(plain).Observations));

    private static string Folder(string name) => name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static Reading Read(string name) => Reading.Of(File.ReadAllBytes(Assert.Single(GoldenInputs.Of(name))));

    /// <summary>An observation as JSON, but for the record's own clock, which not every rendering keeps.</summary>
    private static string Meaning(Observation observation) =>
        Encoding.UTF8.GetString(ObservationJson.ToUtf8(observation with { RecordTime = null, RecordTimeIsLocal = false }));
}
