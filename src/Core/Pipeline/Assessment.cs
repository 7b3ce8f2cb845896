using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;

namespace CipherWatch.Core.Pipeline;

/// <summary>Everything that a set of entity states implies: facts hop to where they belong, then all are judged.</summary>
/// <param name="Detections">In order of time, then id.</param>
/// <param name="Entities">Entities that hold facts, those that facts hopped to among them.</param>
/// <param name="Hops">Entities that facts hopped to, by kind.</param>
internal sealed record Assessment(IReadOnlyList<Detection> Detections, long Entities, IReadOnlyDictionary<FactKind, long> Hops)
{
    /// <summary>Assesses states; they are not changed.</summary>
    public static Assessment Of(EntityStates states, DetectionSettings settings)
    {
        EntityStates told = new();
        foreach (EntityFacts hop in states.Sets.SelectMany(set => set.Hops()))
        {
            told.Of(hop.Kind).Add(hop.Facts);
        }

        List<Detection> detections = [];
        Dictionary<DetectionId, DetectionId> supersededBy = [];
        foreach (ProcessVerdict verdict in states.Sets.SelectMany(set => set.Judge(told.Of(set.Kind), states, settings)))
        {
            detections.AddRange(verdict.Detections);
            foreach (Supersession supersession in verdict.Supersedes)
            {
                supersededBy[supersession.Network] = supersededBy.TryGetValue(supersession.Network, out DetectionId by) && by < supersession.By
                    ? by
                    : supersession.By;
            }
        }

        return new(
            [
                .. detections.Select(detection => supersededBy.TryGetValue(detection.DetectionId, out DetectionId by) ? detection with { SupersededBy = by } : detection)
                    .OrderBy(detection => detection.Time).ThenBy(detection => detection.DetectionId),
            ],
            states.Count + told.Sets.Sum(set => (long)set.CountWithout(states.Of(set.Kind))),
            told.Sets.ToDictionary(set => set.Kind, set => (long)set.Count));
    }
}
