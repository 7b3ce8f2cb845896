using System.Text.Json.Serialization;
using CipherWatch.Core.Correlation.Clock;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>What a host's clock entity keeps.</summary>
/// <param name="SchemaVersion">Version of the shape this state has.</param>
/// <param name="Clock">What is known of the host's clocks.</param>
public sealed record ClockState(
    [property: JsonPropertyName("v")] int SchemaVersion, [property: JsonPropertyName("clock")] HostClock Clock)
{
    /// <summary>Version of this shape.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Of a host that nothing is known of.</summary>
    public static readonly ClockState Empty = new(CurrentSchema, HostClock.Unknown);
}
