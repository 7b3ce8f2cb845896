using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;

namespace CipherWatch.Core.Telemetry.Network.Suricata;

/// <summary>Which end that an event writes as source or destination opened the flow.</summary>
internal enum EveInitiator
{
    /// <summary>The event does not say.</summary>
    Unknown,

    /// <summary>The one written as source.</summary>
    Source,

    /// <summary>The one written as destination: the event is about an answer.</summary>
    Destination,
}

/// <summary>
/// Tells the initiator of an event's flow. Events about a flow write it as source; events about a packet write the packet's
/// sender, which for an answer is the server.
/// </summary>
internal static class EveOrientation
{
    /// <summary>Types whose source is the flow's, whatever packet made the event.</summary>
    private static readonly FieldNames AboutFlow = new("flow", "tls", "ssh", "http");

    /// <summary>The initiator of an event's flow.</summary>
    public static EveInitiator Of(in JsonRecord record, ReadOnlySpan<byte> type, FlowFields packet, in JsonRecord counters)
    {
        if (AboutFlow.Find(type) >= 0)
        {
            return EveInitiator.Source;
        }

        FieldSpan direction = record[EveFields.Direction];
        if (direction.HasValue)
        {
            return direction.Is(record.Text, "to_client"u8) ? EveInitiator.Destination
                : direction.Is(record.Text, "to_server"u8) ? EveInitiator.Source
                : EveInitiator.Unknown;
        }

        // Newer versions repeat the flow's own ends in the flow object.
        FieldSpan source = counters[(int)EveFlowField.SrcIp];
        if (!source.HasValue || !IpAddress.TryParse(source.Of(counters.Text), out IpAddress initiator))
        {
            return EveInitiator.Unknown;
        }

        bool portGiven = counters[(int)EveFlowField.SrcPort].TryInteger(counters.Text, out long port);
        return initiator == packet.SrcIp && (!portGiven || port == packet.SrcPort) ? EveInitiator.Source
            : initiator == packet.DstIp && (!portGiven || port == packet.DstPort) ? EveInitiator.Destination
            : EveInitiator.Unknown;
    }
}
