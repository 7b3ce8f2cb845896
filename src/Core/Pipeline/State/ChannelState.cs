using System.Text.Json.Serialization;
using CipherWatch.Core.Correlation.Channel;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>What a channel entity keeps.</summary>
/// <param name="Facts">The flows of the channel; null before the first operation.</param>
/// <param name="Marks">Detections of processes that cover what the channel says.</param>
/// <param name="Outbox">What was said of it.</param>
public sealed record ChannelState(
    [property: JsonPropertyName("facts")] ChannelFacts? Facts,
    [property: JsonPropertyName("marks"), JsonConverter(typeof(MarksConverter))] IReadOnlyList<SupersessionMark> Marks,
    [property: JsonPropertyName("outbox"), JsonConverter(typeof(OutboxConverter))] IReadOnlyList<OutboxEntry> Outbox)
{
    /// <summary>Of a channel that nothing is known of.</summary>
    public static readonly ChannelState Empty = new(null, [], []);
}
