using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline;

namespace CipherWatch.DeliveryWorker;

/// <summary>The app broken on purpose: what it publishes has an id of its own each time.</summary>
internal sealed class UnkeyedSink(IDetectionSink inner) : IDetectionSink
{
    private long _published;

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public Task PublishAsync(IReadOnlyList<Detection> detections, CancellationToken cancellationToken) =>
        inner.PublishAsync(
            [.. detections.Select(detection => detection with
            {
                DetectionId = new DetectionId(
                    detection.DetectionId.Value ^ (UInt128)(Environment.ProcessId + (Interlocked.Increment(ref _published) << 32))),
            })],
            cancellationToken);
}
