using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Text;

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
    /// <summary>The initiator of an event's flow.</summary>
    public static EveInitiator Of(
        in JsonRecord record, EveType type, FlowEnds packet, in JsonRecord counters, in FieldValues values)
    {
        // These write the flow's source, whatever packet made the event.
        if (type is EveType.Flow or EveType.Tls or EveType.Ssh or EveType.Http)
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
        if (values.Address(source) is not { } initiator)
        {
            return type == EveType.Fileinfo && WasFetched(record) ? EveInitiator.Destination : EveInitiator.Unknown;
        }

        ushort? port = values.Port(counters[(int)EveFlowField.SrcPort]);
        return initiator == packet.SrcIp && (port is null || port == packet.SrcPort) ? EveInitiator.Source
            : initiator == packet.DstIp && (port is null || port == packet.DstPort) ? EveInitiator.Destination
            : EveInitiator.Unknown;
    }

    /// <summary>
    /// Older versions write a file's sender as source and nothing else of its way. What a GET moves is the answer's body: a
    /// request by that method has none.
    /// </summary>
    private static bool WasFetched(in JsonRecord record)
    {
        JsonRecord http = record.Nested(EveFields.Http, EveFields.DetailNames, stackalloc FieldSpan[EveFields.DetailNames.Count]);
        return http[(int)EveDetailField.Method].Is(http.Text, "GET"u8);
    }
}
