using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.Network;

/// <summary>Hashes what a record says of a flow, so that two records that say different things are two observations.</summary>
internal static class FlowContent
{
    private const int Absent = -1;

    /// <summary>Adds both ends, the counters and what is said of the application.</summary>
    public static void Add(ref ObservationHash hash, FlowFields flow)
    {
        ObservationIds.Add(ref hash, flow);
        hash.Add(flow.BytesOut ?? Absent);
        hash.Add(flow.BytesIn ?? Absent);
        hash.Add(flow.PacketsOut ?? Absent);
        hash.Add(flow.PacketsIn ?? Absent);
        hash.Add(flow.DurationMs ?? Absent);
        hash.Add(flow.Application);
        hash.Add((int)flow.Handshake);
        hash.Add(flow.ServerName);
    }
}
