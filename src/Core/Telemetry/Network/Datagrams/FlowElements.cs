using System.Collections.Frozen;

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>Numbers of information elements. NetFlow v9's field types are IPFIX's up to 127, and its makers' own beyond.</summary>
/// <remarks>
/// Sources: IANA, IPFIX information elements; RFC 5103 for reverse elements (enterprise 29305); CERT's registry for YAF
/// (enterprise 6871, reverse elements with bit 14 set); Joy's ipfix.h and nfv9.h for Cisco's byte distribution.
/// </remarks>
internal static class FlowElements
{
    private const uint Iana = 0;
    private const uint Cisco = 9;
    private const uint Cert = 6871;
    private const uint Reverse = 29305;

    private static readonly FrozenDictionary<(uint Enterprise, int Element), FlowElement> Known = new Dictionary<(uint, int), FlowElement>
    {
        [(Iana, 1)] = FlowElement.Bytes,
        [(Iana, 85)] = FlowElement.Bytes,
        [(Iana, 231)] = FlowElement.Bytes,
        [(Iana, 2)] = FlowElement.Packets,
        [(Iana, 86)] = FlowElement.Packets,
        [(Iana, 298)] = FlowElement.Packets,
        [(Iana, 232)] = FlowElement.ReverseBytes,
        [(Iana, 299)] = FlowElement.ReversePackets,
        [(Reverse, 1)] = FlowElement.ReverseBytes,
        [(Reverse, 85)] = FlowElement.ReverseBytes,
        [(Reverse, 2)] = FlowElement.ReversePackets,
        [(Reverse, 86)] = FlowElement.ReversePackets,
        [(Iana, 4)] = FlowElement.Protocol,
        [(Iana, 7)] = FlowElement.SourcePort,
        [(Iana, 11)] = FlowElement.DestinationPort,
        [(Iana, 8)] = FlowElement.Source,
        [(Iana, 27)] = FlowElement.Source,
        [(Iana, 12)] = FlowElement.Destination,
        [(Iana, 28)] = FlowElement.Destination,
        [(Iana, 32)] = FlowElement.IcmpTypeCode,
        [(Iana, 139)] = FlowElement.IcmpTypeCode,
        [(Iana, 22)] = FlowElement.StartUptime,
        [(Iana, 21)] = FlowElement.EndUptime,
        [(Iana, 150)] = FlowElement.StartSeconds,
        [(Iana, 151)] = FlowElement.EndSeconds,
        [(Iana, 152)] = FlowElement.StartMilliseconds,
        [(Iana, 153)] = FlowElement.EndMilliseconds,
        [(Iana, 154)] = FlowElement.StartNtp,
        [(Iana, 155)] = FlowElement.EndNtp,
        [(Iana, 156)] = FlowElement.StartNtp,
        [(Iana, 157)] = FlowElement.EndNtp,
        [(Iana, 160)] = FlowElement.SystemStart,
        [(Iana, 161)] = FlowElement.Duration,
        [(Iana, 34)] = FlowElement.Sampling,
        [(Iana, 305)] = FlowElement.Sampling,
        [(Cert, 35)] = FlowElement.Entropy,
        [(Cert, 35 | 0x4000)] = FlowElement.ReverseEntropy,
        [(Iana, 44944)] = FlowElement.ByteDistribution,
        [(Cisco, 44944 & 0x7fff)] = FlowElement.ByteDistribution,
    }.ToFrozenDictionary();

    /// <summary>What an element holds.</summary>
    /// <param name="enterprise">Whose number it is; 0 for IANA's.</param>
    /// <param name="element">Its number, without the enterprise bit.</param>
    public static FlowElement Of(uint enterprise, int element) => Known.GetValueOrDefault((enterprise, element));
}
