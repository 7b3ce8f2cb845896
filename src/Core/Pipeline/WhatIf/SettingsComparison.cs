using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Pipeline.WhatIf;

/// <summary>
/// The same telemetry judged by two settings: takes observations once, keeps the facts that each of the two would keep, and says what
/// differs and why. Nothing is published.
/// </summary>
/// <remarks>
/// Not safe for concurrent use. Each side has its own facts, because settings decide which libraries become facts at all.
/// </remarks>
public sealed class SettingsComparison : IObservationReceiver
{
    private readonly DetectionSettings _against;
    private readonly DetectionSettings _candidate;
    private readonly Side _left;
    private readonly Side _right;

    /// <summary>A comparison that has seen nothing.</summary>
    /// <param name="against">What judges today.</param>
    /// <param name="candidate">What might.</param>
    /// <param name="batchSize">Records a batch; it changes nothing of what is found.</param>
    public SettingsComparison(DetectionSettings against, DetectionSettings candidate, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(against);
        ArgumentNullException.ThrowIfNull(candidate);
        (_against, _candidate) = (against, candidate);
        (_left, _right) = (new(new(against, batchSize)), new(new(candidate, batchSize)));
    }

    /// <inheritdoc/>
    public bool WantsModule(ReadOnlySpan<byte> path, TelemetryPlatform platform)
    {
        bool left = _left.Pipeline.WantsModule(path, platform), right = _right.Pipeline.WantsModule(path, platform);
        _left.IsOthers = right && !left;
        _right.IsOthers = left && !right;
        return left || right;
    }

    /// <inheritdoc/>
    public void Receive(Observation observation)
    {
        _left.Receive(observation);
        _right.Receive(observation);
    }

    /// <inheritdoc/>
    public void RecordDone()
    {
        _left.Pipeline.RecordDone();
        _right.Pipeline.RecordDone();
    }

    /// <summary>Judges by both and compares.</summary>
    public SettingsEffect Finish()
    {
        IReadOnlyList<SettingRow> differing = [.. SettingRow.All.Where(row => !row.Same(_against, _candidate))];
        Dictionary<DetectionId, Detection> was = Standing(_left.Pipeline.Finish().Detections);
        Dictionary<DetectionId, Detection> isNow = Standing(_right.Pipeline.Finish().Detections);
        ILookup<DetectionId, Detection> wasWeighed = _left.Pipeline.Explain().ToLookup(detection => detection.DetectionId);
        ILookup<DetectionId, Detection> isWeighed = _right.Pipeline.Explain().ToLookup(detection => detection.DetectionId);
        IReadOnlyList<(string Name, Dictionary<DetectionId, Detection> Alone)> alone =
            [.. differing.Select(row => (row.Name, Standing(Alone(row))))];

        List<DetectionChange> changes = [];
        int unchanged = 0;
        foreach (DetectionId id in was.Keys.Union(isNow.Keys))
        {
            Detection? before = was.GetValueOrDefault(id), after = isNow.GetValueOrDefault(id);
            IReadOnlyList<EvidenceDifference> evidence = Differences(before ?? wasWeighed[id].FirstOrDefault(), after
                ?? isWeighed[id].FirstOrDefault());
            if (Kind(before, after, evidence.Count > 0) is not { } kind)
            {
                unchanged++;
                continue;
            }

            changes.Add(new(kind, before, after, evidence, [.. alone.Where(
                row => Moves(before, after, row.Alone.GetValueOrDefault(id))).Select(row => row.Name)]));
        }

        return new(
            [.. differing.Select(row => row.Name)],
            [.. changes.OrderBy(change => change.Kind).ThenBy(change => change.Detection.Time).ThenBy(
                change => change.Detection.DetectionId)],
            unchanged);
    }

    /// <summary>What today's settings find with one setting of the candidate. Libraries become facts by the candidate's list.</summary>
    private IReadOnlyList<Detection> Alone(SettingRow row)
    {
        LocalPipeline facts = row.Name == nameof(DetectionSettings.CryptoModules) ? _right.Pipeline : _left.Pipeline;
        return facts.Judge(row.Take(_against, _candidate));
    }

    private static Dictionary<DetectionId, Detection> Standing(IReadOnlyList<Detection> detections) =>
        detections.Where(detection => detection.Suppressed is null).ToDictionary(detection => detection.DetectionId);

    private static ChangeKind? Kind(Detection? before, Detection? after, bool evidenceDiffers) => (before, after) switch
    {
        (null, _) => ChangeKind.Gained,
        (_, null) => ChangeKind.Lost,
        _ when after.Severity > before.Severity => ChangeKind.Raised,
        _ when after.Severity < before.Severity => ChangeKind.Lowered,
        _ when after.Confidence != before.Confidence || evidenceDiffers => ChangeKind.Reweighed,
        _ => null,
    };

    /// <summary>Whether one setting alone brings a detection nearer to what all of them make of it.</summary>
    private static bool Moves(Detection? before, Detection? after, Detection? alone) =>
        Math.Abs(Weight(alone) - Weight(after)) < Math.Abs(Weight(before) - Weight(after));

    private static int Weight(Detection? detection) => detection?.Confidence ?? 0;

    private static IReadOnlyList<EvidenceDifference> Differences(Detection? before, Detection? after)
    {
        Dictionary<string, (int Weight, string Detail)> was = Pieces(before), isNow = Pieces(after);
        return
        [
            .. was.Keys.Union(isNow.Keys)
                .Select(kind => new EvidenceDifference(
                    kind,
                    was.TryGetValue(kind, out (int Weight, string Detail) old) ? old.Weight : null,
                    isNow.TryGetValue(kind, out (int Weight, string Detail) current) ? current.Weight : null,
                    isNow.TryGetValue(kind, out current) ? current.Detail : old.Detail))
                .Where(difference => difference.Was != difference.Is)
                .OrderByDescending(difference => Math.Abs((difference.Is ?? 0) - (difference.Was ?? 0)))
                .ThenBy(difference => difference.Kind, StringComparer.Ordinal),
        ];
    }

    private static Dictionary<string, (int Weight, string Detail)> Pieces(Detection? detection) =>
        (detection?.Evidence ?? []).GroupBy(piece => piece.Kind, StringComparer.Ordinal)
            .ToDictionary(kind => kind.Key, kind => (kind.Sum(piece => piece.Weight), kind.First().Detail), StringComparer.Ordinal);

    /// <summary>One pipeline, given only the library loads that its own settings want.</summary>
    private sealed class Side(LocalPipeline pipeline)
    {
        public LocalPipeline Pipeline => pipeline;

        /// <summary>Whether the load that was asked for last becomes an observation for the other side alone.</summary>
        public bool IsOthers { get; set; }

        public void Receive(Observation observation)
        {
            if (!IsOthers)
            {
                pipeline.Receive(observation);
            }

            IsOthers = false;
        }
    }
}
