using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Facts;

namespace CipherWatch.Core.Correlation.Channel;

/// <summary>When a flow of a channel began, and what it carried.</summary>
/// <param name="Ms">When, Unix milliseconds of the sensor's clock.</param>
/// <param name="Port">The initiator's port, which tells it from other flows of its channel.</param>
/// <param name="BytesOut">Bytes initiator → responder, where the record counts them.</param>
/// <param name="BytesIn">Bytes responder → initiator.</param>
public readonly record struct FlowStart(long Ms, ushort Port, long? BytesOut, long? BytesIn) : IMergeable<FlowStart>
{
    /// <summary>Starts kept of a channel: enough to tell a timer from chance.</summary>
    public const int MaxStarts = 24;

    /// <summary>The same start told twice: counters grow.</summary>
    public FlowStart Merge(FlowStart other) => this with
    {
        BytesOut = Register.MergeCounter(BytesOut, other.BytesOut),
        BytesIn = Register.MergeCounter(BytesIn, other.BytesIn),
    };

    /// <summary>
    /// The latest first: a window of what came last, whole, because gaps between a sample's times say nothing of a timer.
    /// </summary>
    public int CompareRank(FlowStart other)
    {
        int order = other.Ms.CompareTo(Ms);
        return order != 0 ? order : Port.CompareTo(other.Port);
    }

    /// <summary>Merges the starts of a channel.</summary>
    public static ImmutableArray<FlowStart> Merge(ImmutableArray<FlowStart> left, ImmutableArray<FlowStart> right) =>
        BoundedMap.Merge(left, right, MaxStarts, static (a, b) => a.CompareRank(b));
}
