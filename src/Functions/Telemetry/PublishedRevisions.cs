using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;

namespace CipherWatch.Functions.Telemetry;

/// <summary>
/// Remembers the revisions that this instance has counted: an entity says the same with every batch, and that is no new detection.
/// Beyond the bound all are forgotten, and some counted twice.
/// </summary>
public sealed class PublishedRevisions
{
    private const int MaxRemembered = 50_000;

    private readonly Lock _lock = new();
    private readonly HashSet<(DetectionId Id, int Revision)> _known = [];

    /// <summary>Whether a revision was not asked about before.</summary>
    public bool IsNew(Detection detection)
    {
        ArgumentNullException.ThrowIfNull(detection);
        lock (_lock)
        {
            if (_known.Count >= MaxRemembered)
            {
                _known.Clear();
            }

            return _known.Add((detection.DetectionId, detection.Revision));
        }
    }
}
