using System.Globalization;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Core.Tests.Detections;

/// <summary>
/// What each of the <see cref="Stories"/> is judged to be, on record in <c>Stories.txt</c>: kinds of evidence, weights, times and
/// confidence, not the wording. With the environment variable <c>CIPHERWATCH_UPDATE_GOLDEN=1</c> the record is written instead.
/// </summary>
public class JudgedStoriesTests
{
    private static readonly string Record = Path.Combine(Repository.Root, "tests", "Core.Tests", "Detections", "Stories.txt");

    [Fact]
    public void Each_story_is_judged_as_it_was()
    {
        string[] judged = [.. Stories.All.SelectMany(story => Judged(story.Name, story.Scenario, story.Settings))];
        if (Environment.GetEnvironmentVariable("CIPHERWATCH_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllLines(Record, judged);
        }

        Assert.Equal(File.ReadAllLines(Record), judged);
    }

    [Fact]
    public void The_stories_find_and_find_not()
    {
        // A record of nothing, or of one verdict for all, would hold no judgement to anything.
        string[] judged = File.ReadAllLines(Record);
        Assert.InRange(judged.Count(line => line.EndsWith(": nothing", StringComparison.Ordinal)), 20, 200);
        Assert.All(["AN0400", "AN0401", "AN0402", "AN0403", "AN0404", " high ", " medium ", " low "], word => Assert.Contains(judged, line => line.Contains(word, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Judged(string name, Scenario scenario, DetectionSettings settings)
    {
        IReadOnlyList<Detection> found = scenario.Found(settings);
        return found.Count == 0 ? [$"{name}: nothing"] : found.SelectMany(detection => Lines(name, detection));
    }

    private static IEnumerable<string> Lines(string name, Detection detection) => detection.Evidence
        .Select(evidence => $"    {evidence.Weight,4} {evidence.Kind} {Time(evidence.Time)} {evidence.ObservationIds.Count}")
        .Prepend(string.Join(' ',
        [
            $"{name}:", detection.AnalyticId, detection.Technique, detection.Severity.Word(), detection.Confidence.ToString(CultureInfo.InvariantCulture),
            $"{detection.Destination?.Name ?? detection.Destination?.Ip.ToString()}:{detection.Destination?.Port}",
            Time(detection.Time), Time(detection.WindowStart), Time(detection.WindowEnd),
            detection.SupersededBy is null ? string.Empty : "superseded", detection.Suppressed is null ? string.Empty : "suppressed",
        ]).TrimEnd());

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture) ?? "-";
}
