using System.Buffers;
using Azure;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline;

namespace CipherWatch.Sinks.LogAnalytics;

/// <summary>Detections in a workspace's table, one row a revision.</summary>
/// <remarks>
/// The service appends: what is sent twice is there twice, and queries take the latest revision. What this instance has sent is
/// remembered, so that an entity which says the same with every batch costs a row once.
/// </remarks>
public sealed class LogAnalyticsSink(ILogUploader uploader, TimeProvider clock) : IDetectionSink
{
    /// <summary>
    /// Bytes of one call, below the service's 1 MB, compressed or not.
    /// Source: https://learn.microsoft.com/azure/azure-monitor/fundamentals/service-limits#logs-ingestion-api
    /// </summary>
    public const int MaxCallBytes = 950_000;

    /// <summary>Revisions remembered; beyond, all are forgotten, which costs rows and nothing else.</summary>
    private const int MaxRemembered = 50_000;

    private readonly HashSet<(DetectionId Id, int Revision)> _sent = [];
    private readonly Throttle _throttle = new(clock);

    /// <inheritdoc/>
    public string Name => $"workspace table {DetectionColumns.Table}";

    /// <inheritdoc/>
    /// <exception cref="SinkException">Some were not taken. Those that were are not sent again by this instance.</exception>
    public async Task PublishAsync(IReadOnlyList<Detection> detections, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(detections);
        List<Exception> failures = [];
        int refused = 0;
        foreach (List<Row> call in Calls(Rows(detections)))
        {
            try
            {
                await SendAsync(call, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (UploadFailure.Explain(exception) is not null)
            {
                // The other calls are not to wait for this one.
                refused += call.Count(row => !IsSent(row));
                failures.Add(exception);
            }
        }

        if (failures.Count > 0)
        {
            throw new SinkException(
                $"{Name}: {refused} of {detections.Count} detections were not taken. {UploadFailure.Explain(failures[0])}", failures[0]);
        }
    }

    private List<Row> Rows(IReadOnlyList<Detection> detections)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return [.. detections.Select(detection => (detection.DetectionId, detection.Revision, Detection: detection))
            .Where(row => !IsSent(row.DetectionId, row.Revision))
            .Select(row => new Row(row.DetectionId, row.Revision, DetectionRecord.ToUtf8(row.Detection, now)))];
    }

    private static IEnumerable<List<Row>> Calls(List<Row> rows)
    {
        List<Row> call = [];
        int bytes = 2;
        foreach (Row row in rows)
        {
            if (call.Count > 0 && bytes + row.Json.Length + 1 > MaxCallBytes)
            {
                yield return call;
                (call, bytes) = ([], 2);
            }

            call.Add(row);
            bytes += row.Json.Length + 1;
        }

        if (call.Count > 0)
        {
            yield return call;
        }
    }

    /// <summary>Sends rows; those that are too many for the service in halves.</summary>
    private async Task SendAsync(List<Row> rows, CancellationToken cancellationToken)
    {
        try
        {
            await _throttle.RunAsync(stop => uploader.UploadAsync(Array(rows), stop), cancellationToken).ConfigureAwait(false);
            Remember(rows);
        }
        catch (RequestFailedException exception) when (exception.Status == UploadFailure.TooLarge && rows.Count > 1)
        {
            int half = rows.Count / 2;
            await SendAsync(rows[..half], cancellationToken).ConfigureAwait(false);
            await SendAsync(rows[half..], cancellationToken).ConfigureAwait(false);
        }
    }

    private static ReadOnlyMemory<byte> Array(List<Row> rows)
    {
        ArrayBufferWriter<byte> array = new();
        byte before = (byte)'[';
        foreach (Row row in rows)
        {
            array.Write([before]);
            array.Write(row.Json);
            before = (byte)',';
        }

        array.Write("]"u8);
        return array.WrittenMemory;
    }

    private bool IsSent(Row row) => IsSent(row.Id, row.Revision);

    private bool IsSent(DetectionId id, int revision)
    {
        lock (_sent)
        {
            return _sent.Contains((id, revision));
        }
    }

    private void Remember(List<Row> rows)
    {
        lock (_sent)
        {
            if (_sent.Count + rows.Count > MaxRemembered)
            {
                _sent.Clear();
            }

            _sent.UnionWith(rows.Select(row => (row.Id, row.Revision)));
        }
    }

    private sealed record Row(DetectionId Id, int Revision, byte[] Json);
}
