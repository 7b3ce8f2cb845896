using System.Globalization;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Kinds;

namespace CipherWatch.Core.Pipeline;

/// <summary>
/// Makes one detection of many network-only ones that are alike: of one source to many destinations, or of many sources to one. A scan
/// or a file-sharing program makes hundreds of channels a day, each of which says the same; nobody reads them.
/// </summary>
/// <remarks>
/// The single ones are kept, and are superseded by the one: nothing is lost, and which is which follows from the set of them alone, in
/// whatever order they came. The one is as severe as its surest member: many channels alike are one behaviour, seen better, and their
/// number alone proves no more of any of them.
/// </remarks>
internal static class NetworkCrowds
{
    /// <summary>Channels that are a crowd: an implant with its fallbacks has fewer destinations.</summary>
    public const int MinChannels = 5;

    /// <summary>Channels that are named.</summary>
    private const int MaxNamed = 3;

    private const string AnalyticId = "AN0404";
    private const string Many = "many";

    /// <summary>The detections, with one for each crowd, in order of time, then id.</summary>
    public static IReadOnlyList<Detection> Gather(IReadOnlyList<Detection> detections, DetectionSettings settings)
    {
        Dictionary<DetectionId, Detection> crowdOf = [];
        foreach (IGrouping<object, Detection> crowd in Crowds(detections, crowdOf, BySource))
        {
            Detection first = Surest(crowd);
            Add(crowd, crowdOf, settings, first, DetectionId.Create(AnalyticId, Key(first.SourceIp!.Value, first), Many, Day(first)),
                $"{first.Title}, and to {Others(crowd)} other destinations alike");
        }

        foreach (IGrouping<object, Detection> crowd in Crowds(detections, crowdOf, ByDestination))
        {
            Detection first = Surest(crowd);
            Add(crowd, crowdOf, settings, first, DetectionId.Create(AnalyticId, Key(Many, first), Where(first), Day(first)),
                $"{first.Title}, and so do {Others(crowd)} other sources alike");
        }

        return crowdOf.Count == 0 ? detections
            :
            [
                .. detections.Select(detection => crowdOf.TryGetValue(detection.DetectionId, out Detection? crowd)
                    ? Supersessions.Apply(detection, [(crowd.DetectionId, crowd.Suppressed)])
                    : detection)
                    .Concat(crowdOf.Values.DistinctBy(crowd => crowd.DetectionId))
                    .OrderBy(detection => detection.Time).ThenBy(detection => detection.DetectionId),
            ];
    }

    private static object BySource(Detection detection) => (detection.SourceIp, Day(detection), Kind(detection));

    private static object ByDestination(Detection detection) => (Where(detection), Day(detection), Kind(detection));

    /// <summary>Groups of detections that stand by themselves so far and are no one's yet.</summary>
    private static IEnumerable<IGrouping<object, Detection>> Crowds(
        IReadOnlyList<Detection> detections, Dictionary<DetectionId, Detection> crowdOf, Func<Detection, object> key) =>
        [
            .. detections.Where(detection => detection is { AnalyticId: AnalyticId, SourceIp: not null, Destination: not null,
                Suppressed: null, SupersededBy: null, Withdrawn: false } && !crowdOf.ContainsKey(detection.DetectionId))
                .GroupBy(key).Where(group => group.Count() >= MinChannels),
        ];

    private static void Add(
        IGrouping<object, Detection> crowd, Dictionary<DetectionId, Detection> crowdOf, DetectionSettings settings, Detection first,
        DetectionId id, string title)
    {
        IReadOnlyList<Detection> named = [.. Ordered(crowd).Take(MaxNamed)];
        string detail = string.Create(
            CultureInfo.InvariantCulture,
            $"{crowd.Count():N0} channels alike: {string.Join(", ", named.Select(channel => $"{channel.SourceIp} to {Where(channel)}"))} "
            + $"and {crowd.Count() - named.Count:N0} more, each marked as superseded by this");
        EvidencePiece piece = new(EvidenceKind.ChannelsAlike.Name, null, 0, detail, []);
        Detection one = first with
        {
            DetectionId = id,
            Title = title,
            Time = crowd.Min(channel => channel.Time),
            WindowStart = crowd.Min(channel => channel.WindowStart),
            WindowEnd = crowd.Max(channel => channel.WindowEnd),
            Evidence = [.. first.Evidence, piece],
        };
        one = settings.Suppress(one, [first.SourceIp!.Value.ToString()]);
        foreach (Detection channel in crowd)
        {
            crowdOf[channel.DetectionId] = one;
        }
    }

    private static IOrderedEnumerable<Detection> Ordered(IEnumerable<Detection> crowd) =>
        crowd.OrderByDescending(channel => channel.Confidence).ThenBy(channel => channel.Time).ThenBy(channel => channel.DetectionId);

    private static Detection Surest(IEnumerable<Detection> crowd) => Ordered(crowd).First();

    private static string Others(IGrouping<object, Detection> crowd) => (crowd.Count() - 1).ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>What they are alike in: the technique, and the evidence that weighs most.</summary>
    private static (string Technique, string Evidence) Kind(Detection detection) =>
        (detection.Technique, detection.Evidence.Count > 0 ? detection.Evidence[0].Kind : string.Empty);

    private static string Key(object end, Detection like) => $"{end} {Kind(like).Technique} {Kind(like).Evidence}";

    private static DateOnly Day(Detection detection) => DateOnly.FromDateTime(detection.WindowStart.UtcDateTime);

    private static string Where(Detection detection) => string.Create(
        CultureInfo.InvariantCulture, $"{detection.Destination!.Ip}:{detection.Destination.Port}/{detection.Destination.Protocol}");
}
