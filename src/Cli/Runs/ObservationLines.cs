using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Sinks.Files;

namespace CipherWatch.Cli.Runs;

/// <summary>Writes every observation as one line, as it comes.</summary>
internal sealed class ObservationLines(LineFile lines) : IObservationReceiver
{
    /// <inheritdoc/>
    public bool WantsModule(ReadOnlySpan<byte> path, TelemetryPlatform platform) => true;

    /// <inheritdoc/>
    public void Receive(Observation observation)
    {
        ObservationJson.Write(lines.Line, observation);
        lines.EndLine();
    }

    /// <inheritdoc/>
    public void RecordDone()
    {
    }
}
