using System.Runtime.InteropServices;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.Reporting;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Pipeline;

/// <summary>What a local run found.</summary>
/// <param name="Detections">Final detections, in order of time, then id.</param>
/// <param name="Entities">Processes, flows, hosts and channels that hold facts.</param>
/// <param name="OperationsByKind">Folded entity operations by kind of entity: what durable entities would have been called with.</param>
/// <param name="OperationsBySource">Those that a batch's own records cause, by the source whose record reached the entity first.</param>
/// <param name="Warnings">What the telemetry lacks, for a person.</param>
public sealed record LocalResult(
    IReadOnlyList<Detection> Detections,
    long Entities,
    IReadOnlyDictionary<string, long> OperationsByKind,
    IReadOnlyDictionary<string, long> OperationsBySource,
    IReadOnlyList<string> Warnings)
{
    /// <summary>Observations of connections, flows and payloads: all that analytics judge.</summary>
    public long Judged { get; init; }

    /// <summary>What suppressions and exemptions hit, and which hit nothing.</summary>
    public IReadOnlyList<EntryUse> SettingsUse { get; init; } = [];

    /// <summary>Folded entity operations of all kinds.</summary>
    public long Operations => OperationsByKind.Values.Sum();

    /// <summary>Those on processes.</summary>
    public long ProcessOperations => OperationsByKind[FactKinds.Process.Name];

    /// <summary>Those on what the network shows: channels, attempts, and flows that samples name without their ends.</summary>
    public long FlowOperations =>
        OperationsByKind[FactKinds.Flow.Name] + OperationsByKind[FactKinds.Channel.Name] + OperationsByKind[FactKinds.Attempts.Name];
}

/// <summary>
/// The pipeline without Azure: takes observations, folds them batch by batch as the event hub's batches are folded, merges all,
/// and judges at the end.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
public sealed class LocalPipeline : IObservationReceiver, IDisposable
{
    private readonly DetectionSettings _settings;
    private readonly ModuleFilter _filter;
    private readonly int _batchSize;
    private readonly EntityStates _all;
    private readonly EntityStates _batch;
    private readonly TelemetryGaps _gaps = new();
    private readonly long[] _operations = new long[FactKinds.All.Count];
    private readonly Dictionary<string, long> _operationsBySource = new(StringComparer.Ordinal);
    private int _records;

    /// <summary>A pipeline that has seen nothing.</summary>
    /// <param name="settings">What judges.</param>
    /// <param name="batchSize">Records a batch, at least 1. It changes how many operations there are, never what is found.</param>
    /// <param name="maxHeldBytes">Bytes of facts of one kind that are held in memory; what is above is spilled to temporary files.</param>
    public LocalPipeline(DetectionSettings settings, int batchSize, int maxHeldBytes = FactSet.MaxHeldBytes)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        _settings = settings;
        _batchSize = batchSize;
        _filter = new(settings);
        FlowRoutes routes = new(settings);
        _all = new(routes, maxHeldBytes);
        _batch = new(routes);
    }

    /// <inheritdoc/>
    public bool WantsModule(ReadOnlySpan<byte> path, TelemetryPlatform platform)
    {
        _gaps.ModuleLoad(platform);
        return _filter.Wants(path, platform);
    }

    /// <inheritdoc/>
    public bool JoinsParts => true;

    /// <inheritdoc/>
    public void Receive(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        _gaps.Add(observation);
        if (!_filter.LeavesOut(observation))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_operationsBySource, observation.Source, out _) += _batch.Add(observation);
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
        return NetworkCrowds.Gather(Assessment.Of(_all, _settings).Detections, _settings);
    }

    /// <summary>
    /// What durable entities say of everything so far: network findings one by one. A run shows many that are alike as one, which takes
    /// all of them at hand (<see cref="NetworkCrowds"/>).
    /// </summary>
    public IReadOnlyList<Detection> OneByOne()
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
        return NetworkCrowds.Gather(Assessment.Of(_all, settings).Detections, settings);
    }

    /// <summary>Judges everything.</summary>
    public LocalResult Finish()
    {
        Deliver();
        JudgementGaps gaps = _gaps.OfFacts();
        SettingsUse use = new();
        DetectionSettings settings = _settings with { Use = use };
        Assessment assessment = Assessment.Of(_all, settings, gaps);
        IReadOnlyList<Detection> detections = NetworkCrowds.Gather(assessment.Detections, settings);
        SortedDictionary<string, long> operations = new(StringComparer.Ordinal);
        for (int index = 0; index < _operations.Length; index++)
        {
            FactKind kind = FactKinds.All[index];
            operations[kind.Name] = _operations[index] + assessment.Hops[kind];
        }

        return new(
            detections, assessment.Entities, operations, _operationsBySource, [.. _gaps.Warnings(), .. gaps.Warnings()])
        {
            Judged = _gaps.Judged,
            SettingsUse = SettingsUseReport.Of(_settings, use, detections),
        };
    }

    /// <summary>Lets go of what was spilled to disk.</summary>
    public void Dispose()
    {
        _all.Dispose();
        _batch.Dispose();
    }

    private void Deliver()
    {
        for (int index = 0; index < _operations.Length; index++)
        {
            _operations[index] += _batch.Sets[index].Count;
        }

        _all.Merge(_batch);
        _batch.Clear();
        _records = 0;
    }
}
