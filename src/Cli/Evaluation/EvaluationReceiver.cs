using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Cli.Evaluation;

/// <summary>Hands observations to the pipeline and to the yardstick, and counts the days on which each host was watched.</summary>
internal sealed class EvaluationReceiver(LocalPipeline pipeline, StaticRule rule) : IObservationReceiver
{
    private readonly HashSet<(string Host, DateOnly Day)> _hostDays = [];

    // The load that was asked for last becomes an observation for the yardstick alone.
    private bool _unwanted;

    /// <summary>Distinct pairs of host and UTC day.</summary>
    public int HostDays => _hostDays.Count;

    /// <inheritdoc/>
    public bool WantsModule(ReadOnlySpan<byte> path, TelemetryPlatform platform)
    {
        bool wanted = pipeline.WantsModule(path, platform), measured = rule.WantsModule(path, platform);
        _unwanted = measured && !wanted;
        return wanted || measured;
    }

    /// <inheritdoc/>
    public void Receive(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        if (observation.Host is { } host && (observation.RecordTime ?? observation.Time) is { } time)
        {
            _hostDays.Add((host, DateOnly.FromDateTime(time.UtcDateTime)));
        }

        rule.Receive(observation);
        if (!_unwanted)
        {
            pipeline.Receive(observation);
        }

        _unwanted = false;
    }

    /// <inheritdoc/>
    public void RecordDone() => pipeline.RecordDone();
}
