using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;

namespace CipherWatch.Core.Correlation.Channel;

/// <summary>What is known of the flows of one channel and day on which keys were exchanged: one of them whole, and when they were.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Flow">Of those flows the one whose key orders first.</param>
/// <param name="Span">The first and last sighting of any of them.</param>
public sealed record ExchangeFacts(ChannelKey Channel, FlowSummary Flow, Sightings Span) : IMergeable<ExchangeFacts>
{
    /// <summary>What one flow says.</summary>
    public static ExchangeFacts Of(ChannelKey channel, FlowSummary flow)
    {
        ArgumentNullException.ThrowIfNull(flow);

        // It is of the channel that asked, whichever end its own record took for the one that opened it.
        bool firstOpened = flow.Key.FirstIp == channel.SourceIp && flow.Key.SecondIp == channel.DestinationIp && flow.Key.SecondPort == channel.DestinationPort;
        return new(
            channel,
            flow with
            {
                FirstInitiates = firstOpened, SecondInitiates = !firstOpened, Applications = [], Deltas = [], FirstBytes = null, SecondBytes = null,
            },
            flow.Seen);
    }

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
