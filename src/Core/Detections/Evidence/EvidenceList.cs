using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Evidence;

/// <summary>Collects the evidence of one detection and sums it.</summary>
internal sealed class EvidenceList(DetectionSettings settings)
{
    /// <summary>Observations named by one piece of evidence.</summary>
    public const int MaxObservations = 3;

    /// <summary>Flows named by one detection.</summary>
    public const int MaxFlows = 6;

    private const int FullPercent = 100;
    private readonly List<EvidencePiece> _evidence = [];
    private readonly List<FlowSummary> _flows = [];

    /// <summary>Sum of the weights, unclamped.</summary>
    public int Sum { get; private set; }

    /// <summary>The earliest time among the evidence; null where none has one.</summary>
    public DateTimeOffset? Earliest { get; private set; }

    /// <summary>Community IDs of the flows that the evidence rests on, the earliest first.</summary>
    public IReadOnlyList<string> CommunityIds =>
    [
        .. _flows.Where(static flow => flow.Key is { Protocol: Protocols.Tcp or Protocols.Udp } key
                && !key.FirstIp.IsUnspecified && !key.SecondIp.IsUnspecified)
            .OrderBy(static flow => flow.Seen.First?.Time.Ms).ThenBy(static flow => flow.Key)
            .Select(static flow => flow.Key.CommunityId()).Distinct().Take(MaxFlows),
    ];

    /// <summary>Whether evidence of a kind weighs anything here.</summary>
    public bool Has(EvidenceKind kind) => _evidence.Exists(evidence => evidence.Kind == kind.Name && evidence.Weight != 0);

    /// <summary>What evidence of a kind weighs here.</summary>
    public int WeightOf(EvidenceKind kind) => _evidence.Where(evidence => evidence.Kind == kind.Name).Sum(evidence => evidence.Weight);

    /// <summary>Whether evidence of a kind is here, whatever it weighs.</summary>
    public bool Names(EvidenceKind kind) => _evidence.Exists(evidence => evidence.Kind == kind.Name);

    /// <summary>Adds evidence at its weight, or at a share of it.</summary>
    public void Add(
        EvidenceKind kind, string detail, DateTimeOffset? time = null, IEnumerable<ObservationId>? observations = null,
        int percent = FullPercent)
    {
        int weight = settings.EvidenceWeights.GetValueOrDefault(kind.Name, kind.Weight) * percent / FullPercent;
        Sum += weight;
        Earliest = time is { } at && (Earliest is null || at < Earliest) ? at : Earliest;
        _evidence.Add(new(kind.Name, time, weight, detail, [.. (observations ?? []).Distinct().Order().Take(MaxObservations)]));
    }

    /// <summary>Adds evidence that rests on flows, at its weight or at a share of it.</summary>
    public void Add(EvidenceKind kind, string detail, IReadOnlyList<FlowSummary> flows, int percent = FullPercent)
    {
        Add(kind, detail, PayloadEvidence.Time(flows[0]), flows.SelectMany(PayloadEvidence.Ids), percent);
        RestsOn(flows);
    }

    /// <summary>Names flows that the evidence rests on.</summary>
    public void RestsOn(IEnumerable<FlowSummary> flows) => _flows.AddRange(flows);

    /// <summary>The evidence, heaviest first; what weighs the same, by name and text.</summary>
    public IReadOnlyList<EvidencePiece> Ordered() =>
    [
        .. _evidence.OrderByDescending(evidence => evidence.Weight).ThenBy(evidence => evidence.Kind, StringComparer.Ordinal)
            .ThenBy(evidence => evidence.Detail, StringComparer.Ordinal),
    ];
}
