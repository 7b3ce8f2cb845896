using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;

namespace CipherWatch.Core.Correlation.Channel;

/// <summary>
/// What is known of the flows of one channel and day on which keys were exchanged: one of them whole, and when they were.
/// </summary>
/// <param name="Channel">The channel.</param>
/// <param name="Flow">Of those flows the one whose key orders first.</param>
/// <param name="Span">The first and last sighting of any of them.</param>
public sealed record ExchangeFacts(ChannelKey Channel, FlowSummary Flow, Sightings Span) : IMergeable<ExchangeFacts>
{
    /// <summary>What one flow says.</summary>
    public static ExchangeFacts Of(ChannelKey channel, FlowSummary flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return new(channel, flow with { Applications = [], Deltas = [], FirstBytes = null, SecondBytes = null }, flow.Seen);
    }

    /// <summary>The flow as its channel has it: opened by the channel's source, whichever end the port alone would point to.</summary>
    public FlowSummary Oriented => ChannelKey.Of(Flow) == Channel ? Flow
        : Flow with { FirstInitiates = !Flow.InitiatorIsFirst, SecondInitiates = Flow.InitiatorIsFirst };

    /// <summary>Orders by day, the latest first, then by channel.</summary>
    public int CompareKey(ExchangeFacts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        int order = other.Flow.Day.CompareTo(Flow.Day);
        return order != 0 ? order : Channel.CompareTo(other.Channel);
    }

    /// <inheritdoc/>
    public ExchangeFacts Merge(ExchangeFacts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        int order = Flow.CompareKey(other.Flow);
        return new(Channel, order < 0 ? Flow : order > 0 ? other.Flow : Flow.Merge(other.Flow), Span.MergeFew(other.Span));
    }
}
