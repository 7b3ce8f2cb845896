using System.Text.Json.Serialization;
using CipherWatch.Core.Correlation.Flow;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>What a flow entity keeps.</summary>
/// <param name="Facts">What is known of the flow; null before the first operation.</param>
public sealed record FlowState([property: JsonPropertyName("facts")] FlowFacts? Facts)
{
    /// <summary>Of a flow that nothing is known of.</summary>
    public static readonly FlowState Empty = new((FlowFacts?)null);
}
