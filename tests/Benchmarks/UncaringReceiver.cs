using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Benchmarks;

/// <summary>Takes observations as the pipeline does, wanting only the libraries that hold Windows' symmetric ciphers, and drops them.</summary>
/// <param name="asksForIds">Whether it asks each observation for its id, which is worked out then and not before.</param>
internal sealed class UncaringReceiver(bool asksForIds = false) : IObservationReceiver, IDeadLetterSink
{
    /// <summary>Observations taken.</summary>
    public long Received { get; private set; }

    /// <summary>Dead letters taken.</summary>
    public long DeadLetters { get; private set; }

    /// <summary>All ids that were asked for in one number, so that none is left out as unused.</summary>
    public UInt128 Ids { get; private set; }

    public bool WantsModule(ReadOnlySpan<byte> path, TelemetryPlatform platform) =>
        path.EndsWith("bcryptprimitives.dll"u8) || path.EndsWith("bcrypt.dll"u8) || path.EndsWith("rsaenh.dll"u8)
        || path.EndsWith("cryptsp.dll"u8) || path.EndsWith("ncrypt.dll"u8);

    public void Receive(Observation observation)
    {
        Received++;
        if (asksForIds)
        {
            Ids ^= observation.Id.Value;
        }
    }

    public void RecordDone()
    {
    }

    public void Write(DeadLetter letter) => DeadLetters++;
}
