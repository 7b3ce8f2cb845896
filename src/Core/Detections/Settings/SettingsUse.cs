using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>Notes during a judgement what suppressions and exemptions hit.</summary>
/// <remarks>A judgement may be made twice of the same facts: what is noted counts once, and of a detection the last word holds.</remarks>
internal sealed class SettingsUse
{
    /// <summary>Different things counted of one entry; from there on there are "at least" so many.</summary>
    public const int MaxCounted = 10_000;

    private readonly Dictionary<object, HashSet<string>> _hits = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<DetectionId, Suppression[]> _suppressed = [];

    /// <summary>Notes that an exemption covers something.</summary>
    /// <param name="entry">The member of the setting.</param>
    /// <param name="subject">What it covers: a process, or a channel.</param>
    public void Exempted(object entry, string subject)
    {
        if (!_hits.TryGetValue(entry, out HashSet<string>? subjects))
        {
            _hits[entry] = subjects = new(StringComparer.Ordinal);
        }

        if (subjects.Count < MaxCounted)
        {
            subjects.Add(subject);
        }
    }

    /// <summary>Notes the suppressions that fit a detection, those that have run out among them.</summary>
    public void Suppressed(DetectionId detection, Suppression[] fitting) => _suppressed[detection] = fitting;

    /// <summary>How many things an exemption covers.</summary>
    public int HitsOf(object entry) => _hits.TryGetValue(entry, out HashSet<string>? subjects) ? subjects.Count : 0;

    /// <summary>The suppressions that fit a detection.</summary>
    public IReadOnlyList<Suppression> Fitting(DetectionId detection) => _suppressed.GetValueOrDefault(detection) ?? [];
}
