using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Telemetry.Records;

/// <summary>Takes observations as they are read.</summary>
public interface IObservationReceiver
{
    /// <summary>
    /// Whether the load of this library is of use. Asked before an observation is made, so that those no analytic needs cost
    /// no allocation; they still count as observed.
    /// </summary>
    /// <param name="path">Full path of the library, UTF-8, as written in the record with its escapes undone.</param>
    /// <param name="platform">The platform it was loaded on.</param>
    bool WantsModule(ReadOnlySpan<byte> path, TelemetryPlatform platform);

    /// <summary>
    /// Whether parts of an event are put together that reach it in different batches: it is then told of calls too whose other records may
    /// still come.
    /// </summary>
    bool JoinsParts => false;

    /// <summary>Takes one observation.</summary>
    void Receive(Observation observation);

    /// <summary>Told after each record, so that batches can be cut by records.</summary>
    void RecordDone();
}

/// <summary>Keeps what could not be used.</summary>
public interface IDeadLetterSink
{
    /// <summary>Keeps one dead letter, bytes and reason.</summary>
    void Write(DeadLetter letter);

    /// <summary>Told of packets that were skipped because they could not be read; their bytes stay in the capture.</summary>
    /// <param name="input">The capture.</param>
    /// <param name="reason">Why.</param>
    /// <param name="count">How many.</param>
    void Unread(string input, string reason, long count)
    {
    }
}
