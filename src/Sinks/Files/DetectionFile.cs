using CipherWatch.Core.Detections;
using CipherWatch.Core.Pipeline;

namespace CipherWatch.Sinks.Files;

/// <summary>Detections as NDJSON, in the order given; for final ones, as a file cannot be revised.</summary>
public sealed class DetectionFile(LineFile file) : IDetectionSink
{
    /// <inheritdoc/>
    public string Name => file.Name;

    /// <inheritdoc/>
    /// <exception cref="SinkException">It cannot be written.</exception>
    public Task PublishAsync(IReadOnlyList<Detection> detections, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(detections);
        foreach (Detection detection in detections)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DetectionJson.Write(file.Line, detection);
            file.EndLine();
        }

        file.Flush();
        return Task.CompletedTask;
    }
}
