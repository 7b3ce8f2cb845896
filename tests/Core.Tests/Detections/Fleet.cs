using System.Globalization;
using System.Text;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Tests.Detections;

/// <summary>Stories told of many hosts, a program each.</summary>
internal sealed class Fleet
{
    public const string Common = "198.51.100.7";
    public const string Implant = @"C:\Users\ana\Downloads\update.exe";
    public const string Editor = @"C:\Users\ana\AppData\Local\Editor\editor.exe";
    private readonly List<Observation> _observations = [];
    private int _programs;

    public IReadOnlyList<Observation> Observations => _observations;

    /// <summary>Tells a story of hosts that are numbered.</summary>
    /// <param name="hosts">Their numbers.</param>
    /// <param name="story">The story.</param>
    /// <param name="hash">The hash of the program's image; null where no record has it.</param>
    /// <param name="days">Days later than the story says.</param>
    /// <param name="prefix">What their names begin with.</param>
    public Fleet On(IEnumerable<int> hosts, Scenario story, string? hash = null, int days = 0, string prefix = "ws")
    {
        _programs++;
        foreach (int host in hosts)
        {
            _observations.AddRange(story.Observations.Select(observation => On(host, observation, hash, days, prefix)));
        }

        return this;
    }

    /// <summary>Hosts that are in sight, by a program of no interest.</summary>
    public Fleet InSight(int hosts, int days = 0, string prefix = "ws") =>
        On(Enumerable.Range(1, hosts), new Scenario(@"C:\Program Files\Tool\tool.exe").Started().OwnImage(true, "Tools").Connects(Common, 443), "t", days, prefix);

    public IReadOnlyList<Detection> Found(DetectionSettings? settings = null)
    {
        using LocalPipeline pipeline = new(settings ?? DetectionSettings.Default, 100);
        _observations.ForEach(pipeline.Receive);
        return pipeline.Finish().Detections;
    }

    public static string Lines(IEnumerable<Detection> detections) =>
        string.Concat(detections.Select(detection => Encoding.UTF8.GetString(DetectionJson.ToUtf8(detection)) + '\n'));

    private Observation On(int host, Observation observation, string? hash, int days, string prefix)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{prefix}{host}");
        string guid = string.Create(CultureInfo.InvariantCulture, $"11111111-0000-0000-0000-{_programs:d12}");
        ProcessFields? Of(ProcessFields? process) =>
            process is null ? null : process with { Key = ProcessKey.FromGuid(name, guid), Guid = guid, Hash = hash };
        return observation with
        {
            Host = name,
            Time = observation.Time?.AddDays(days),
            RecordTime = observation.RecordTime?.AddDays(days),
            Process = observation.Kind == ObservationKind.Injection ? observation.Process : Of(observation.Process),
            Target = Of(observation.Target),
            Flow = observation.Flow is { } flow ? flow with { SrcIp = IpAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"10.1.1.{host}")) } : null,
        };
    }
}
