using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.Observations;

/// <summary>The 5-tuple of a flow as a source writes it, before anything is made of it.</summary>
/// <param name="SrcIp">Address of the end written first.</param>
/// <param name="SrcPort">Its port; the type of an ICMP message.</param>
/// <param name="DstIp">Address of the other end.</param>
/// <param name="DstPort">Its port; the code of an ICMP message.</param>
/// <param name="Protocol">IANA protocol number.</param>
public readonly record struct FlowEnds(IpAddress SrcIp, ushort SrcPort, IpAddress DstIp, ushort DstPort, byte Protocol)
{
    /// <summary>The same flow, written from the other end.</summary>
    public FlowEnds Reversed => new(DstIp, DstPort, SrcIp, SrcPort, Protocol);
}
