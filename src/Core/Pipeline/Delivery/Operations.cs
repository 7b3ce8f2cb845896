using System.Text.Json.Serialization;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.State;

namespace CipherWatch.Core.Pipeline.Delivery;

/// <summary>Facts for one process: a batch's own, and what its flows and its host's clock say.</summary>
/// <param name="Key">Which process.</param>
/// <param name="Facts">The batch's own facts; null where only a flow hopped to it.</param>
/// <param name="Flows">What the network saw of its connections.</param>
/// <param name="Clock">Its host's clocks as known now; null where only a flow hopped to it.</param>
public sealed record ProcessOperation(
    [property: JsonPropertyName("k")] ProcessKey Key,
    [property: JsonPropertyName("p")] ProcessFacts? Facts,
    [property: JsonPropertyName("f")] IReadOnlyList<FlowSummary> Flows,
    [property: JsonPropertyName("c")] HostClock? Clock);

/// <summary>Facts for one channel: flows that belong to it, or once seemed to, and what processes say of its detections.</summary>
/// <param name="Key">Which channel.</param>
/// <param name="Flows">The flows.</param>
/// <param name="Marks">The processes' word.</param>
public sealed record ChannelOperation(
    [property: JsonPropertyName("k")] ChannelKey Key,
    [property: JsonPropertyName("f")] IReadOnlyList<FlowSummary> Flows,
    [property: JsonPropertyName("m")] IReadOnlyList<SupersessionMark> Marks);

/// <summary>Everything that an entity's state implies now, not only what changed.</summary>
/// <param name="Detections">Each with its revision; those that are no longer implied, withdrawn.</param>
/// <param name="Marks">What it says of network-only detections; for processes.</param>
public sealed record EntityAnswer(
    [property: JsonPropertyName("d")] IReadOnlyList<Detection> Detections,
    [property: JsonPropertyName("m")] IReadOnlyList<SupersessionMark> Marks);

/// <summary>Detections to publish.</summary>
/// <param name="Detections">In order of time, then id.</param>
public sealed record Publication([property: JsonPropertyName("d")] IReadOnlyList<Detection> Detections);

/// <summary>A host's clocks as a batch saw them; unknown where it saw only a process of the host.</summary>
/// <param name="Host">The host.</param>
/// <param name="Clock">Its clocks.</param>
public sealed record ClockFacts([property: JsonPropertyName("h")] string Host, [property: JsonPropertyName("c")] HostClock Clock);

/// <summary>The facts that one orchestration delivers: one operation an entity.</summary>
/// <param name="Clocks">Hosts' clocks.</param>
/// <param name="Flows">Flows.</param>
/// <param name="Processes">Processes.</param>
public sealed record BatchPart(
    [property: JsonPropertyName("c")] IReadOnlyList<ClockFacts> Clocks,
    [property: JsonPropertyName("f")] IReadOnlyList<FlowFacts> Flows,
    [property: JsonPropertyName("p")] IReadOnlyList<ProcessFacts> Processes)
{
    /// <summary>Entities it calls in its own right.</summary>
    [JsonIgnore]
    public int Count => Clocks.Count + Flows.Count + Processes.Count;
}
