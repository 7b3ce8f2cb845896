using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Exporters;

/// <summary>What an exporter says of a flow beside its ends and counters: whether it was let through, and which end opened it.</summary>
internal static class ExporterVerdict
{
    /// <summary>The source opened it (biflowDirection of RFC 5103).</summary>
    public const long Initiator = 1;

    /// <summary>The destination opened it.</summary>
    public const long ReverseInitiator = 2;

    /// <summary>Whether a firewall denied it or a router dropped it: no channel came of it.</summary>
    /// <param name="firewallEvent">A firewall's event, by number or by name.</param>
    /// <param name="forwardingStatus">A router's status, of which the two highest bits count.</param>
    /// <param name="text">The record.</param>
    public static bool IsDenied(FieldSpan firewallEvent, FieldSpan forwardingStatus, ReadOnlySpan<byte> text)
    {
        const int Denied = 3, StatusShift = 6, Dropped = 2;
        return (firewallEvent.TryInteger(text, out long happened) && happened == Denied)
            || firewallEvent.Is(text, "DENIED"u8) || firewallEvent.Is(text, "DENY"u8)
            || (forwardingStatus.TryInteger(text, out long status) && status is >= 0 and <= byte.MaxValue
                && status >> StatusShift == Dropped);
    }

    /// <summary>A flow seen from its other end.</summary>
    public static FlowFields Turned(FlowFields flow) => flow with
    {
        SrcIp = flow.DstIp,
        SrcPort = flow.DstPort,
        DstIp = flow.SrcIp,
        DstPort = flow.SrcPort,
        BytesOut = flow.BytesIn,
        BytesIn = flow.BytesOut,
        PacketsOut = flow.PacketsIn,
        PacketsIn = flow.PacketsOut,
    };
}
