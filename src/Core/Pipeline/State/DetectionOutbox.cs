using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>Numbers what an entity says of its detections, and notices what it no longer says.</summary>
internal static class DetectionOutbox
{
    /// <summary>
    /// Detections remembered. A state holds connections or flows of no more days than this, so that whatever it implies is
    /// remembered; what falls out is the oldest.
    /// </summary>
    public const int Capacity = 18;

    /// <summary>Compares what is implied now with what was said before.</summary>
    /// <param name="before">What was said.</param>
    /// <param name="implied">All that the state implies.</param>
    /// <param name="settledBefore">
    /// Facts of days before this were crowded out by later ones: what was published of them stands. Null where none were.
    /// </param>
    /// <param name="isSettled">Whether what an entry was published of was crowded out otherwise; null where nothing is.</param>
    /// <param name="withdraw">The form in which an entry that is no longer implied is published.</param>
    /// <returns>
    /// What to remember, and everything to publish: all that is implied and all that is withdrawn, not only what changed, so that the
    /// same operation after a crash gives the same answer.
    /// </returns>
    public static (IReadOnlyList<OutboxEntry> Entries, IReadOnlyList<Detection> Publish) Update(
        IReadOnlyList<OutboxEntry> before,
        IReadOnlyList<Detection> implied,
        DateOnly? settledBefore,
        Func<OutboxEntry, Detection> withdraw,
        Func<OutboxEntry, bool>? isSettled = null)
    {
        Dictionary<DetectionId, OutboxEntry> known = before.ToDictionary(entry => entry.Id);
        List<OutboxEntry> entries = [];
        List<Detection> publish = [];
        foreach (Detection detection in implied)
        {
            ulong content = ContentOf(detection);
            int revision = !known.Remove(detection.DetectionId, out OutboxEntry? last) ? 1
                : last.Withdrawn || last.Content != content ? last.Revision + 1
                : last.Revision;
            publish.Add(detection with { Revision = revision });
            entries.Add(new(
                detection.DetectionId, detection.AnalyticId, revision, content, Withdrawn: false,
                detection.Time, detection.WindowStart, detection.WindowEnd));
        }

        foreach (OutboxEntry entry in known.Values.Where(entry => !(entry.Day < settledBefore) && isSettled?.Invoke(entry) != true))
        {
            OutboxEntry withdrawn = entry.Withdrawn ? entry : entry with { Withdrawn = true, Revision = entry.Revision + 1 };
            publish.Add(withdraw(withdrawn) with { Revision = withdrawn.Revision });
            entries.Add(withdrawn);
        }

        return (
            [.. entries.OrderByDescending(entry => entry.Day).ThenBy(entry => entry.Id).Take(Capacity)],
            [.. publish.OrderBy(detection => detection.Time).ThenBy(detection => detection.DetectionId)]);
    }

    private static ulong ContentOf(Detection detection)
    {
        ContentHash hash = new(stackalloc byte[1024]);
        hash.Add(DetectionJson.ToUtf8(detection with { Revision = 0 }));
        return (ulong)(hash.Finish() >> 64);
    }
}
