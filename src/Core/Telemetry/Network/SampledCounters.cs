using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Telemetry.Network;

/// <summary>Counters of flows of which an exporter looked at some packets only.</summary>
internal static class SampledCounters
{
    /// <summary>Packets are left out, and nothing says how many.</summary>
    public const long Unknown = -1;

    /// <summary>
    /// One packet in how many is looked at, to the nearest whole number, where runs of packets are looked at and others between them left
    /// out (IPFIX elements 305 and 306, or 309 of 310): 0 where nothing says that any are.
    /// </summary>
    /// <param name="run">Packets of a run that is looked at; 0 and null are 1.</param>
    /// <param name="leftOut">Packets left out after it.</param>
    public static long OneIn(long? run, long? leftOut)
    {
        long looked = run is > 0 ? run.Value : 1;
        return leftOut is > 0 ? (long)Math.Round((decimal)(looked + Math.Min(leftOut.Value, long.MaxValue - looked)) / looked) : 0;
    }

    /// <summary>
    /// The flow with counters for all of its packets, worked out from those that were looked at; without any where it is not known how many
    /// that were.
    /// </summary>
    /// <param name="flow">The flow as it was counted.</param>
    /// <param name="oneIn">One packet in this many was looked at; 0 and 1 are all of them.</param>
    public static FlowFields Estimated(FlowFields flow, long oneIn) => oneIn switch
    {
        0 or 1 => flow,
        < 0 => flow with { BytesOut = null, BytesIn = null, PacketsOut = null, PacketsIn = null },
        _ => flow with
        {
            SampledOneIn = oneIn,
            BytesOut = Times(flow.BytesOut, oneIn),
            BytesIn = Times(flow.BytesIn, oneIn),
            PacketsOut = Times(flow.PacketsOut, oneIn),
            PacketsIn = Times(flow.PacketsIn, oneIn),
        },
    };

    /// <summary>None among the packets that were looked at is not none.</summary>
    private static long? Times(long? count, long oneIn) =>
        count is null or 0 ? null : count is { } counted && counted > long.MaxValue / oneIn ? long.MaxValue : count * oneIn;
}
