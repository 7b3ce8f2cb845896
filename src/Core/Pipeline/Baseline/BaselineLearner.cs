using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Pipeline.Baseline;

/// <summary>
/// Takes telemetry for benign and proposes settings, each with what it rests on; what looks like an implant is refused by name.
/// </summary>
/// <remarks>
/// Not safe for concurrent use. Proposals do not depend on the order of records, on duplicates of processes, or on batches.
/// </remarks>
public sealed class BaselineLearner : IObservationReceiver, IDisposable
{
    private readonly DetectionSettings _settings;
    private readonly LocalPipeline _pipeline;
    private readonly BaselineTally _tally = new();

    /// <summary>A learner that has seen nothing.</summary>
    /// <param name="settings">What is in use: what it covers is not proposed again.</param>
    /// <param name="batchSize">Records a batch; it changes nothing of what is learned.</param>
    public BaselineLearner(DetectionSettings settings, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        _pipeline = new(settings, batchSize);
    }

    /// <inheritdoc/>
    public bool WantsModule(ReadOnlySpan<byte> path, TelemetryPlatform platform) => _pipeline.WantsModule(path, platform);

    /// <inheritdoc/>
    public void Receive(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        _tally.Add(observation);
        _pipeline.Receive(observation);
    }

    /// <inheritdoc/>
    public void RecordDone() => _pipeline.RecordDone();

    /// <inheritdoc/>
    public void Dispose() => _pipeline.Dispose();

    /// <summary>What was learned.</summary>
    public BaselineResult Finish()
    {
        IReadOnlyList<Detection> weighed = _pipeline.Explain();
        BaselineResult processes = ProcessProposals.Of(weighed);
        _tally.Close();
        BaselineResult network = NetworkProposals.Of(_tally, _settings);
        BaselineResult thresholds = ThresholdProposals.Of(_tally, _settings);
        BaselineResult proxies = ProxyProposals.Of(_tally.Proxies, weighed, _settings);
        return new(
            [
                .. processes.Proposals.Concat(network.Proposals).Concat(thresholds.Proposals).Concat(proxies.Proposals)
                    .OrderBy(proposal => proposal.Setting, StringComparer.Ordinal)
                    .ThenBy(proposal => proposal.Key, StringComparer.Ordinal).ThenBy(proposal => proposal.Json, StringComparer.Ordinal),
            ],
            [
                .. processes.Refusals.Concat(network.Refusals).Concat(thresholds.Refusals).Concat(proxies.Refusals)
                    .OrderBy(refusal => refusal.Setting, StringComparer.Ordinal)
                    .ThenBy(refusal => refusal.What, StringComparer.Ordinal),
            ]);
    }
}
