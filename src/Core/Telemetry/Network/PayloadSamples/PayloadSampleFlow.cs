using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Text;
using Field = CipherWatch.Core.Telemetry.Network.PayloadSamples.PayloadSampleFields;

namespace CipherWatch.Core.Telemetry.Network.PayloadSamples;

/// <summary>Which flow a payload sample is of: its 5-tuple, or its Community ID where the sensor has no more.</summary>
internal static class PayloadSampleFlow
{
    private const string Nothing =
        "Payload sample: it names no flow; give srcIp, srcPort, dstIp, dstPort and protocol, or else communityId.";

    /// <summary>Reads the flow; returns what is wrong, or null.</summary>
    /// <param name="record">The record.</param>
    /// <param name="flow">The 5-tuple; null where only a Community ID is given.</param>
    /// <param name="communityId">The Community ID; null where none is given.</param>
    public static string? Read(in JsonRecord record, out FlowFields? flow, out string? communityId)
    {
        flow = null;
        communityId = null;
        if (record.Has(Field.CommunityId))
        {
            communityId = record[Field.CommunityId].Text(record.Text);
            if (!FlowId.TryParse(communityId, out _))
            {
                return "Payload sample: 'communityId' is no Community ID of version 1 (\"1:\" and 28 characters of base64).";
            }
        }

        if (!record.Has(Field.SrcIp) && !record.Has(Field.DstIp))
        {
            return communityId is null ? Nothing : null;
        }

        if (!TryAddress(record, Field.SrcIp, out IpAddress source) || !TryAddress(record, Field.DstIp, out IpAddress destination))
        {
            return "Payload sample: 'srcIp' and 'dstIp' must both be IPv4 or IPv6 addresses.";
        }

        if (!TryPort(record, Field.SrcPort, out ushort sourcePort) || !TryPort(record, Field.DstPort, out ushort destinationPort))
        {
            return "Payload sample: 'srcPort' and 'dstPort' must both be whole numbers from 0 to 65535.";
        }

        FieldSpan protocolField = record[Field.Protocol];
        if (!protocolField.HasValue || Protocols.Number(protocolField.Of(record.Text)) is not { } protocol)
        {
            return "Payload sample: 'protocol' must be a protocol's name (\"tcp\", \"udp\") or IANA number.";
        }

        flow = new()
        {
            SrcIp = source,
            SrcPort = sourcePort,
            DstIp = destination,
            DstPort = destinationPort,
            Protocol = protocol,
            InitiatorKnown = true,
        };

        // A sensor may hash with a seed of its own; then its ids would join nothing, and that is better said at once.
        return communityId is not null && communityId != flow.Key.CommunityId()
            ? "Payload sample: 'communityId' is not that of the 5-tuple beside it; is the sensor's seed 0?"
            : null;
    }

    private static bool TryAddress(in JsonRecord record, int field, out IpAddress address)
    {
        address = default;
        return record[field].IsText && IpAddress.TryParse(record[field].Of(record.Text), out address);
    }

    private static bool TryPort(in JsonRecord record, int field, out ushort port)
    {
        bool valid = record[field].TryInteger(record.Text, out long number)
            && number is >= 0 and <= ushort.MaxValue;
        port = valid ? (ushort)number : default;
        return valid;
    }
}
