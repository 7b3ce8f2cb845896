using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Telemetry.Network.Suricata;

/// <summary>What every event has.</summary>
/// <param name="Type">The event's type.</param>
/// <param name="Recorded">When it was written.</param>
/// <param name="Packet">Its ends as written: of the packet for some types, of the flow for others.</param>
/// <param name="Initiator">Which end of them opened the flow.</param>
internal readonly record struct EveEvent(EveType Type, DateTimeOffset Recorded, FlowEnds Packet, EveInitiator Initiator)
{
    /// <summary>The flow's ends, with its initiator as source where that is known.</summary>
    public FlowEnds Ends => Initiator == EveInitiator.Destination ? Packet.Reversed : Packet;

    /// <summary>Whether it is known who opened the flow.</summary>
    public bool InitiatorKnown => Initiator != EveInitiator.Unknown;
}
