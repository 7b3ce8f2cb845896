using System.Text.Json.Serialization;
using CipherWatch.Core.Correlation.Process;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>What a process entity keeps.</summary>
/// <param name="Facts">What is known of the process; null before the first operation.</param>
/// <param name="Outbox">What was said of it.</param>
public sealed record ProcessState(
    [property: JsonPropertyName("facts")] ProcessFacts? Facts,
    [property: JsonPropertyName("outbox"), JsonConverter(typeof(OutboxConverter))] IReadOnlyList<OutboxEntry> Outbox)
{
    /// <summary>Of a process that nothing is known of.</summary>
    public static readonly ProcessState Empty = new(null, []);
}
