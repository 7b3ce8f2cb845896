using CipherWatch.Core.Detections;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Functions.Health;
using CipherWatch.Functions.Privacy;
using CipherWatch.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.Activities;

/// <summary>Publishes detections to every sink. A sink that is out fails the activity, and the orchestration tries again.</summary>
public sealed class PublishDetections(
    IEnumerable<IDetectionSink> sinks, DetectionPrivacy privacy, InstanceTally instance, AppMeter meter, PublishedRevisions published,
    ILogger<PublishDetections> logger)
{
    /// <summary>Attempts in all; with the waits between them, the better part of a day.</summary>
    private const int MaxAttempts = 100;

    /// <summary>How the orchestration tries again.</summary>
    internal static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(new RetryPolicy(
        MaxAttempts, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(10)));

    /// <summary>Publishes detections, to each sink in turn; what a sink already holds changes nothing there.</summary>
    [Function(nameof(PublishDetections))]
    public async Task RunAsync([ActivityTrigger] Publication publication, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(publication);
        IReadOnlyList<Detection> detections = [.. publication.Detections.Select(privacy.Of)];
        List<Exception> failures = [];
        foreach (IDetectionSink sink in sinks)
        {
            try
            {
                await sink.PublishAsync(detections, cancellationToken).ConfigureAwait(false);
                instance.Published(sink.Name, null);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The other sinks are not to wait for this one.
                logger.LogError(exception, "Sink {Sink} did not take {Detections} detections", sink.Name, publication.Detections.Count);
                instance.Published(sink.Name, exception.Message);
                failures.Add(exception);
            }
        }

        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }

        foreach (Detection detection in detections.Where(published.IsNew))
        {
            meter.Add(detection);
        }

        logger.LogInformation(
            "Published {Detections} detections, {Withdrawn} of them withdrawals",
            publication.Detections.Count,
            publication.Detections.Count(detection => detection.Withdrawn));
    }
}
