using CipherWatch.Core.Detections;

namespace CipherWatch.Core.Pipeline;

/// <summary>Takes detections. Upserts by detection id: publishing the same again changes nothing.</summary>
public interface IDetectionSink
{
    /// <summary>What to call it in messages.</summary>
    string Name { get; }

    /// <summary>Publishes detections, in the order given.</summary>
    Task PublishAsync(IReadOnlyList<Detection> detections, CancellationToken cancellationToken);
}
