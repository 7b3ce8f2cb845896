using System.Globalization;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;

namespace CipherWatch.Cli.Evaluation;

/// <summary>Compares detections with ground truth, process by process.</summary>
/// <remarks>
/// A process is found by a detection that stands (not suppressed) and names it: by key, by host with pid or image, or, where the
/// truth names a destination, by host and destination. What superseded a network finding counts as it.
/// </remarks>
internal sealed class Evaluator(IReadOnlyList<TruthRow> truth, IReadOnlyList<Detection> detections)
{
    private readonly ILookup<string, TruthRow> _byHost = truth.ToLookup(row => row.Host, StringComparer.Ordinal);
    private readonly ILookup<string, TruthRow> _byDestination = truth.ToLookup(row => row.Destination
        ?? string.Empty, StringComparer.Ordinal);
    private readonly IReadOnlyList<TruthRow> _c2 = [.. truth.Where(row => row.IsC2)];
    private readonly IReadOnlyList<TruthRow> _background = [.. truth.Where(row => row.IsBackground)];
    private readonly IReadOnlyList<Detection> _standing = [.. detections.Where(
        detection => detection is { Suppressed: null, SupersededBy: null })];

    /// <summary>Everything that is asked of it.</summary>
    /// <param name="rule">What the yardstick saw.</param>
    /// <param name="hostDays">Distinct pairs of host and UTC day.</param>
    /// <param name="explained">Evidence of every process, published or not: for likelihood ratios.</param>
    /// <param name="weights">Evidence kinds with the weights in use.</param>
    public EvaluationResult Evaluate(
        StaticRule rule, int hostDays, IReadOnlyList<Detection> explained, IReadOnlyList<(string Kind, int Weight)> weights)
    {
        Dictionary<TruthRow, Severity?> found = truth.ToDictionary(row => row, _ => (Severity?)null);
        List<Detection> falseAlarms = [];
        (IReadOnlySet<ProcessKey> foundByRule, IReadOnlySet<ProcessKey> foundByAny) = (rule.Found, rule.FoundByAny);
        foreach (Detection detection in _standing)
        {
            IReadOnlyList<TruthRow> covered = Covered(detection);
            foreach (TruthRow row in covered)
            {
                found[row] = found[row] is { } known && known > detection.Severity ? known : detection.Severity;
            }

            if (covered.All(row => row.IsBackground))
            {
                falseAlarms.Add(detection);
            }
        }

        return new()
        {
            HostDays = hostDays,
            Background = _background.Count,
            Rules =
            [
                Rule("CipherWatch, medium and up", row => found[row] >= Severity.Medium),
                Rule("CipherWatch, any severity", row => found[row] is not null),
                Rule("static rule", row => row.Key is { } key && foundByRule.Contains(key)),
                Rule("any crypto library and any connection", row => row.Key is { } key && foundByAny.Contains(key)),
            ],
            ByFamily = Recall(row => row.Family, found),
            ByKind = Recall(row => row.Kind, found),
            ByVisibility = _c2.Any(row => row.Shows.Count > 0) ? Recall(row => row.Visibility, found) : [],
            FalseAlarms = falseAlarms.CountBy(detection => detection.Severity).ToDictionary(),
            FalseAlarmsNamed = [.. falseAlarms.Where(detection => detection.Severity >= Severity.Medium)],
            LikelihoodRatios = Ratios(explained, weights),
        };
    }

    /// <summary>The rows that a detection covers.</summary>
    private IReadOnlyList<TruthRow> Covered(Detection detection)
    {
        string host = detection.Host ?? detection.Process?.Key?.Host.ToString() ?? string.Empty;
        string destination = Destination(detection);
        return [.. _byHost[host].Concat(destination.Length > 0 ? _byDestination[destination]
            : []).Distinct().Where(row => Covers(detection, row))];
    }

    private static string Destination(Detection detection) => detection is { Process: null, Destination: { } destination }
        ? string.Create(CultureInfo.InvariantCulture, $"{destination.Ip}:{destination.Port}")
        : string.Empty;

    private static bool Covers(Detection detection, TruthRow row)
    {
        bool sameHost = detection.Host == row.Host || detection.Process?.Key?.Host.SequenceEqual(row.Host) == true;
        if (row.Guid is { } guid)
        {
            return (sameHost && detection.Process?.Guid == guid) || ByDestination(detection, row);
        }

        return (sameHost && detection.Process is { } process && row.Pid is { } pid && process.Pid == pid
            && SameImage(process.Image, row.Image))
            || (sameHost && row.Pid is null && row.Image.Length > 0 && SameImage(detection.Process?.Image, row.Image))
            || ByDestination(detection, row);
    }

    private static bool SameImage(string? image, string named) =>
        named.Length == 0 || string.Equals(image, named, StringComparison.OrdinalIgnoreCase);

    private static bool ByDestination(Detection detection, TruthRow row) => row.Destination is { } named && Destination(detection) == named;

    private RuleRow Rule(string name, Func<TruthRow, bool> finds)
    {
        int hits = _c2.Count(finds), alarms = _background.Count(finds);
        return new(name, new(hits, _c2.Count), new(hits, hits + alarms), alarms);
    }

    private IReadOnlyList<RecallRow> Recall(Func<TruthRow, string> name, Dictionary<TruthRow, Severity?> found) =>
    [
        .. _c2.GroupBy(name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new RecallRow(
            group.Key,
            new(group.Count(row => found[row] >= Severity.Medium), group.Count()),
            new(group.Count(row => found[row] is not null), group.Count()),
            [.. group.Where(row => !(found[row] >= Severity.Medium)).Select(
                row => $"{row.Host} {row.Image}").Order(StringComparer.Ordinal)])),
    ];

    private IReadOnlyList<LikelihoodRatio> Ratios(IReadOnlyList<Detection> explained, IReadOnlyList<(string Kind, int Weight)> weights)
    {
        HashSet<(string Kind, TruthRow Row)> shown =
        [
            .. explained.SelectMany(detection => Covered(detection).SelectMany(
                row => detection.Evidence.Where(evidence => evidence.Weight != 0).Select(evidence => (evidence.Kind, row)))),
        ];
        return
        [
            .. weights.Select(kind => new LikelihoodRatio(
                    kind.Kind, kind.Weight,
                    _c2.Count(row => shown.Contains((kind.Kind, row))), _c2.Count,
                    _background.Count(row => shown.Contains((kind.Kind, row))), _background.Count))
                .Where(ratio => ratio.OfC2 + ratio.OfBackground > 0)
                .OrderByDescending(ratio => ratio.Ratio).ThenBy(ratio => ratio.Kind, StringComparer.Ordinal),
        ];
    }
}
