using System.Buffers.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Azure;

/// <summary>One comma-separated tuple of a VNet flow log (version 4) or an NSG flow log (versions 1 and 2).</summary>
/// <remarks>
/// VNet: milliseconds, ends, protocol number, direction, state, encryption, counters. NSG: seconds, ends, <c>T</c> or <c>U</c>,
/// direction, decision, state, counters that may be blank. The encryption of a VNet tuple is that of the virtual network
/// between hosts and says nothing of TLS. Source: Microsoft's documentation of both formats.
/// </remarks>
internal readonly record struct FlowTuple(FlowFields Flow, DateTimeOffset Time, bool Denied)
{
    private const int VnetParts = 13;
    private const int NsgParts = 8;

    /// <summary>Digits of a time from which it is in milliseconds.</summary>
    private const int MinMillisecondDigits = 12;

    /// <summary>Reads a tuple; false when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out FlowTuple tuple)
    {
        tuple = default;
        Span<Range> parts = stackalloc Range[VnetParts + 1];
        int count = 0;
        foreach (Range part in text.Split((byte)','))
        {
            if (count == parts.Length)
            {
                return false;
            }

            parts[count++] = part;
        }

        if (count < NsgParts || !TryTime(text[parts[0]], out DateTimeOffset time)
            || !IpAddress.TryParse(text[parts[1]], out IpAddress source) || !IpAddress.TryParse(text[parts[2]], out IpAddress destination)
            || !TryPort(text[parts[3]], out ushort sourcePort) || !TryPort(text[parts[4]], out ushort destinationPort))
        {
            return false;
        }

        ReadOnlySpan<byte> written = text[parts[5]];
        byte? protocol = written is [(byte)'T'] ? Protocols.Tcp : written is [(byte)'U'] ? Protocols.Udp : Protocols.Number(written);
        if (protocol is null || text[parts[6]] is not [(byte)'I' or (byte)'O'])
        {
            return false;
        }

        // In both formats the eighth part is D for what was denied: a VNet tuple's state, an NSG tuple's decision.
        bool counted = count >= VnetParts;
        tuple = new(
            new()
            {
                SrcIp = source,
                SrcPort = sourcePort,
                DstIp = destination,
                DstPort = destinationPort,
                Protocol = protocol.Value,
                InitiatorKnown = true,
                CountersAreDeltas = true,
                PacketsOut = counted ? Counter(text[parts[9]]) : null,
                BytesOut = counted ? Counter(text[parts[10]]) : null,
                PacketsIn = counted ? Counter(text[parts[11]]) : null,
                BytesIn = counted ? Counter(text[parts[12]]) : null,
            },
            time,
            text[parts[7]] is [(byte)'D']);
        return true;
    }

    private static bool TryTime(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (!Utf8Parser.TryParse(text, out long number, out int used) || used != text.Length || number < 0)
        {
            return false;
        }

        long ticks = used >= MinMillisecondDigits ? TimeSpan.TicksPerMillisecond : TimeSpan.TicksPerSecond;
        return number <= long.MaxValue / ticks && Timestamps.TryFromUnixTicks(number * ticks, out time);
    }

    private static bool TryPort(ReadOnlySpan<byte> text, out ushort port) =>
        Utf8Parser.TryParse(text, out port, out int used) && used == text.Length;

    private static long? Counter(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long count, out int used) && used == text.Length && count >= 0 ? count : null;
}
