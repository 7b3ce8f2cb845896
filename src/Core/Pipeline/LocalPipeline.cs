using CipherWatch.Core.Correlation.Folding;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Pipeline;

/// <summary>What a local run found.</summary>
/// <param name="Detections">Final detections, in order of time, then id.</param>
/// <param name="Entities">Processes, flows, hosts and channels that hold facts.</param>
/// <param name="Operations">Folded entity operations: what durable entities would have been called with.</param>
/// <param name="ProcessOperations">Those on processes.</param>
/// <param name="FlowOperations">Those on flows and on the channels they belong to.</param>
/// <param name="Warnings">What the telemetry lacks, for a person.</param>
public sealed record LocalResult(
    IReadOnlyList<Detection> Detections, long Entities, long Operations, long ProcessOperations, long FlowOperations, IReadOnlyList<string> Warnings);

/// <summary>
/// The pipeline without Azure: takes observations, folds them batch by batch as the event hub's batches are folded, merges all,
/// and judges at the end.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
public sealed class LocalPipeline : IObservationReceiver
{
    private readonly DetectionSettings _settings;
    private readonly ModuleFilter _filter;
    private readonly int _batchSize;
    private readonly EntityStates _all = new();
    private readonly EntityStates _batch = new();
    private readonly TelemetryGaps _gaps = new();
    private long _processOperations;
    private long _flowOperations;
    private long _clockOperations;
    private int _records;

    /// <summary>A pipeline that has seen nothing.</summary>
    /// <param name="settings">What judges.</param>
    /// <param name="batchSize">Records a batch, at least 1. It changes how many operations there are, never what is found.</param>
    public LocalPipeline(DetectionSettings settings, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        _settings = settings;
        _batchSize = batchSize;
        _filter = new(settings);
    }

    /// <inheritdoc/>
    public bool WantsModule(ReadOnlySpan<byte> path, TelemetryPlatform platform)
    {
        _gaps.ModuleLoad(platform);
        return _filter.Wants(path, platform);
    }

    /// <inheritdoc/>
    public void Receive(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        _gaps.Add(observation);
        if (!_filter.LeavesOut(observation))
        {
            _batch.Add(observation);
        }
    }

    /// <inheritdoc/>
    public void RecordDone()
    {
        if (++_records >= _batchSize)
        {
            Deliver();
        }
    }

    /// <summary>What has been found so far, for display; the run goes on.</summary>
    public IReadOnlyList<Detection> Preview()
    {
        Deliver();
        return Assessment.Of(_all, _settings).Detections;
    }

    /// <summary>What was weighed of everything so far, published or not: for comparing settings and for measuring evidence.</summary>
    /// <param name="settings">Other settings to weigh by; null for the pipeline's own.</param>
    public IReadOnlyList<Detection> Explain(DetectionSettings? settings = null)
    {
        Deliver();
        return Assessment.Of(_all, (settings ?? _settings) with { ExplainsAll = true }).Detections;
    }

    /// <summary>Judges everything by other settings than its own.</summary>
    public IReadOnlyList<Detection> Judge(DetectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Deliver();
        return Assessment.Of(_all, settings).Detections;
    }

    /// <summary>Judges everything.</summary>
    public LocalResult Finish()
    {
        Deliver();
        Assessment assessment = Assessment.Of(_all, _settings);
        long processes = _processOperations + assessment.ProcessHops;
        long flows = _flowOperations + assessment.ChannelHops;
        return new(assessment.Detections, assessment.Entities, processes + flows + _clockOperations, processes, flows, _gaps.Warnings());
    }

    private void Deliver()
    {
        _processOperations += _batch.Processes.Count;
        _flowOperations += _batch.Flows.Count;
        _clockOperations += _batch.Clocks.Count;
        _all.Merge(_batch);
        _batch.Clear();
        _records = 0;
    }
}
