using System.Runtime.InteropServices;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Exporters;

/// <summary>Joy's flow records: counters, and the byte distribution of the flow with its entropy.</summary>
/// <remarks>Source: Joy's p2f.c for the long names, and its manual's schema for the short ones of older versions.</remarks>
internal static class JoyRecord
{
    private const int Cells = 256;

    public static readonly TopLevelFields TopLevel = new();

    private static readonly int Source = TopLevel.At("sa");
    private static readonly int Destination = TopLevel.At("da");
    private static readonly int Protocol = TopLevel.At("pr");
    private static readonly int SourcePort = TopLevel.At("sp");
    private static readonly int DestinationPort = TopLevel.At("dp");
    private static readonly int[] Start = [TopLevel.At("time_start"), TopLevel.At("ts")];
    private static readonly int[] End = [TopLevel.At("time_end"), TopLevel.At("te")];
    private static readonly int[] BytesOut = [TopLevel.At("bytes_out"), TopLevel.At("ob")];
    private static readonly int[] BytesIn = [TopLevel.At("bytes_in"), TopLevel.At("ib")];
    private static readonly int[] PacketsOut = [TopLevel.At("num_pkts_out"), TopLevel.At("op")];
    private static readonly int[] PacketsIn = [TopLevel.At("num_pkts_in"), TopLevel.At("ip")];
    private static readonly int[] Distribution = [TopLevel.At("byte_dist"), TopLevel.At("bd")];
    private static readonly int[] Entropy = [TopLevel.At("entropy"), TopLevel.At("be")];
    private static readonly int[] TotalEntropy = [TopLevel.At("total_entropy"), TopLevel.At("tbe")];

    /// <summary>Joy's short names for the ends of a flow.</summary>
    public static bool Fits(in JsonRecord record) => record.Has(Source) && record.Has(Destination) && record.Has(Protocol);

    /// <summary>Reads one flow.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        ReadOnlySpan<byte> text = record.Text;
        FieldValues values = context.Values(text);
        if (values.Address(record[Source]) is not { } source || values.Address(record[Destination]) is not { } destination
            || values.Protocol(record[Protocol]) is not { } protocol)
        {
            return RecordResult.DeadLettered(SourceNames.Netflow, values.Fault ?? "Joy flow without addresses and protocol: sa, da, pr.");
        }

        DateTimeOffset? start = values.Time(First(record, Start));
        DateTimeOffset? end = values.Time(First(record, End));
        FlowFields flow = new()
        {
            SrcIp = source,
            SrcPort = values.Port(record[SourcePort]) ?? 0,
            DstIp = destination,
            DstPort = values.Port(record[DestinationPort]) ?? 0,
            Protocol = protocol,
            InitiatorKnown = true,
            BytesOut = values.Count(First(record, BytesOut)),
            BytesIn = values.Count(First(record, BytesIn)),
            PacketsOut = values.Count(First(record, PacketsOut)),
            PacketsIn = values.Count(First(record, PacketsIn)),
            DurationMs = start is { } from && end is { } to && to >= from ? (long)(to - from).TotalMilliseconds : null,
        };
        values.Real(First(record, Entropy));
        values.Real(First(record, TotalEntropy));
        if (values.Fault is { } fault)
        {
            return RecordResult.DeadLettered(SourceNames.Netflow, fault);
        }

        FlowObservations.EmitFlow(flow, start, context);
        EmitPayload(record, flow, start, context);
        return RecordResult.Observed(SourceNames.Netflow);
    }

    private static void EmitPayload(in JsonRecord record, FlowFields flow, DateTimeOffset? time, RecordContext context)
    {
        Span<uint> counts = stackalloc uint[Cells];
        if (ByteCounts.TryRead(record.Text, First(record, Distribution), counts, out int total))
        {
            // The distribution is of both directions together. Joy halves all counts until each fits a byte: of a long flow they are
            // a sample, and the entropy that stands beside them, worked out from these counts and the whole length, is too low.
            long whole = Math.Max(total, (flow.BytesOut ?? 0) + (flow.BytesIn ?? 0));
            FlowObservations.EmitPayload(
                flow,
                time,
                SampledPayload.Fields(
                    PayloadScorer.ScoreHistogram(counts),
                    PayloadDirection.Unknown,
                    null,
                    (int)Math.Min(whole, int.MaxValue),
                    MemoryMarshal.AsBytes(counts)),
                context);
        }
        else if (First(record, Entropy).TryDouble(record.Text, out double entropy) && entropy is > 0 and <= 8)
        {
            // The total is the entropy times the bytes it is of.
            int? length = First(record, TotalEntropy).TryDouble(record.Text, out double sum) && sum / entropy is >= 1 and < int.MaxValue
                ? (int)Math.Round(sum / entropy) : null;
            FlowObservations.EmitEntropy(flow, time, PayloadDirection.Unknown, entropy, length, context);
        }
    }

    private static FieldSpan First(in JsonRecord record, int[] places)
    {
        foreach (int place in places)
        {
            if (record.Has(place))
            {
                return record[place];
            }
        }

        return default;
    }
}
