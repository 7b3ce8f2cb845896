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
    private const int FirstCounter = 9;
    private const int Counters = 4;
    private static readonly string[] CounterNames = ["no packets sent", "no bytes sent", "no packets received", "no bytes received"];

    /// <summary>Digits of a time from which it is in milliseconds.</summary>
    private const int MinMillisecondDigits = 12;

    /// <summary>Reads a tuple; says what is wrong with it when it is none.</summary>
    public static string? Parse(ReadOnlySpan<byte> text, out FlowTuple tuple)
    {
        tuple = default;
        Span<Range> parts = stackalloc Range[VnetParts + 1];
        int count = 0;
        foreach (Range part in text.Split((byte)','))
        {
            if (count == parts.Length)
            {
                return "more values than a tuple has";
            }

            parts[count++] = part;
        }

        if (count < NsgParts)
        {
            return "fewer values than a tuple has";
        }

        ReadOnlySpan<byte> written = text[parts[5]];
        byte? protocol = written is [(byte)'T'] ? Protocols.Tcp : written is [(byte)'U'] ? Protocols.Udp : Protocols.Number(written);
        bool isTime = TryTime(text[parts[0]], out DateTimeOffset time);
        bool isSource = IpAddress.TryParse(text[parts[1]], out IpAddress source);
        bool isDestination = IpAddress.TryParse(text[parts[2]], out IpAddress destination);
        bool isSourcePort = TryPort(text[parts[3]], out ushort sourcePort), isDestinationPort = TryPort(text[parts[4]], out ushort port);
        string? fault = !isTime ? "no time"
            : !isSource ? "no source address"
            : !isDestination ? "no destination address"
            : !isSourcePort ? "no source port"
            : !isDestinationPort ? "no destination port"
            : protocol is null ? "no protocol"
            : text[parts[6]] is not [(byte)'I' or (byte)'O'] ? "no direction"
            : text[parts[7]] is not [>= (byte)'A' and <= (byte)'Z'] ? "no state or decision"
            : null;
        if (fault is not null)
        {
            return fault;
        }

        // In both formats the eighth part is D for what was denied: a VNet tuple's state, an NSG tuple's decision.
        Span<long?> counters = stackalloc long?[Counters];
        for (int place = 0; place < Counters && count >= VnetParts; place++)
        {
            if (!TryCounter(text[parts[FirstCounter + place]], out counters[place]))
            {
                return CounterNames[place];
            }
        }

        tuple = new(
            new()
            {
                SrcIp = source,
                SrcPort = sourcePort,
                DstIp = destination,
                DstPort = port,
                Protocol = protocol!.Value,
                InitiatorKnown = true,
                CountersAreDeltas = true,
                PacketsOut = counters[0],
                BytesOut = counters[1],
                PacketsIn = counters[2],
                BytesIn = counters[3],
            },
            time,
            text[parts[7]] is [(byte)'D']);
        return null;
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

    /// <summary>A counter; blank where nothing was counted yet.</summary>
    private static bool TryCounter(ReadOnlySpan<byte> text, out long? count)
    {
        bool isNumber = Utf8Parser.TryParse(text, out long number, out int used) && used == text.Length && number >= 0;
        count = isNumber ? number : null;
        return isNumber || text.IsEmpty || text.SequenceEqual("-"u8);
    }
}
