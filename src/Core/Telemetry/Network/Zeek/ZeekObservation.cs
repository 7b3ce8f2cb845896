using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>Builds the observation of one entry about a flow.</summary>
/// <remarks>
/// Zeek writes an entry when its flow is over; what joins with other telemetry is when the flow began, by the sensor's clock.
/// The time of writing is therefore left out.
/// </remarks>
internal static class ZeekObservation
{
    /// <summary>The observation, with an id that the other rendering of the entry has too.</summary>
    /// <param name="log">The log: entries of two logs about one flow at one time are two observations.</param>
    /// <param name="record">The entry's fields.</param>
    /// <param name="entry">What it starts with.</param>
    /// <param name="flow">What it says of the flow.</param>
    public static Observation Create(string log, in ZeekRecord record, in ZeekEntry entry, FlowFields flow)
    {
        string? uid = record.String(ZeekField.Uid);
        return new()
        {
            Kind = ObservationKind.Flow,
            Source = SourceNames.Zeek,
            Platform = TelemetryPlatform.Network,
            Time = entry.Time,
            Flow = flow,
            Discriminator = log,
            FlowUid = uid,
        };
    }
}
