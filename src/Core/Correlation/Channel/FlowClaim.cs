using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Correlation.Channel;

/// <summary>A process says that a flow is its own: what the network sees of the flow goes on to it.</summary>
/// <param name="Day">The day of the connection on the clock it was read from, as days since the Unix epoch: the latest rank first.</param>
/// <param name="Flow">The flow.</param>
/// <param name="Owner">The process.</param>
public sealed record FlowClaim(int Day, FlowKey Flow, ProcessKey Owner) : IMergeable<FlowClaim>
{
    /// <summary>Whether the record lacks the local port: it means every flow of its channel and day.</summary>
    public bool IsLoose => Flow.FirstPort == 0 || Flow.SecondPort == 0;

    /// <summary>Whether the claim is of a flow: exactly, or by its local end where the record hides the other.</summary>
    public bool Names(FlowSummary flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return flow.Key == Flow || (Day == flow.Day && Flow == Hidden(flow));
    }

    /// <summary>Whether a flow may be the claim's, whose record lacks the local port.</summary>
    public bool MayName(FlowSummary flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return IsLoose && Day == flow.Day
            && Flow == FlowKey.Create(flow.SourceIp, 0, flow.DestinationIp, flow.DestinationPort, flow.Key.Protocol);
    }

    private static FlowKey Hidden(FlowSummary flow) =>
        FlowKey.Create(flow.SourceIp, flow.SourcePort, default, flow.DestinationPort, flow.Key.Protocol);

    /// <summary>The same claim twice is one claim.</summary>
    public FlowClaim Merge(FlowClaim other) => this;

    /// <summary>The latest day first, then by a hash of the flow, as flows themselves rank.</summary>
    public int CompareRank(FlowClaim other)
    {
        ArgumentNullException.ThrowIfNull(other);
        int order = FlowRank.Compare(Day, Flow, other.Day, other.Flow);
        return order != 0 ? order : Owner.CompareTo(other.Owner);
    }
}

/// <summary>The order in which flows are kept where there is no room for all: the latest days, and of one day a sample by hash.</summary>
/// <remarks>By hash alone, so that neither the order of arrival nor whoever chooses ports decides which flows of a day are kept.</remarks>
public static class FlowRank
{
    private const ulong Spread = 0x9e3779b97f4a7c15;

    /// <summary>Compares two flows' days.</summary>
    public static int Compare(int day, in FlowKey flow, int otherDay, in FlowKey other)
    {
        int order = otherDay.CompareTo(day);
        order = order != 0 ? order : Of(flow).CompareTo(Of(other));
        return order != 0 ? order : flow.CompareTo(other);
    }

    /// <summary>A hash of a flow within its pair of addresses: of its ports and protocol.</summary>
    private static ulong Of(in FlowKey flow)
    {
        // The finaliser of splitmix64.
        ulong hash = (((ulong)flow.FirstPort << 24) | ((ulong)flow.SecondPort << 8) | flow.Protocol) + Spread;
        hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9;
        hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb;
        return hash ^ (hash >> 31);
    }
}
