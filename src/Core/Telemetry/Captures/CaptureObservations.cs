using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Network;

namespace CipherWatch.Core.Telemetry.Captures;

/// <summary>Makes observations of captured flows: the flow, and its first payloads each way.</summary>
internal static class CaptureObservations
{
    /// <summary>Datagrams of a direction that are scored: enough to judge them together, few enough to fit a flow's facts.</summary>
    private const int MostDatagrams = 4;

    /// <summary>Emits what one flow says.</summary>
    public static void Emit(CapturedFlow flow, RecordContext context)
    {
        FlowFields fields = flow.Flow;
        context.Emit(new()
        {
            Kind = ObservationKind.Flow,
            Source = SourceNames.Capture,
            Platform = TelemetryPlatform.Network,
            Time = flow.Start,
            Flow = fields,
        });
        string? protocol = flow.Score().Protocol ?? fields.Application;
        Emit(flow, flow.Out, PayloadDirection.Out, protocol, context);
        Emit(flow, flow.In, PayloadDirection.In, protocol, context);
    }

    private static void Emit(CapturedFlow flow, CapturedDirection side, PayloadDirection direction, string? protocol, RecordContext context)
    {
        if (!side.FirstBytes.IsEmpty)
        {
            Emit(flow, side, direction, side.FirstBytes.Span, 0, (int)Math.Min(side.PayloadBytes, int.MaxValue), protocol, context);
            return;
        }

        long offset = 0;
        foreach (ReadOnlyMemory<byte> datagram in side.Datagrams.Take(MostDatagrams))
        {
            Emit(flow, side, direction, datagram.Span, offset, datagram.Length, protocol, context);
            offset += datagram.Length;
        }
    }

    private static void Emit(
        CapturedFlow flow, CapturedDirection side, PayloadDirection direction, ReadOnlySpan<byte> bytes, long offset, int length, string? protocol,
        RecordContext context)
    {
        if (bytes.Length < SampleLengths.Accumulate)
        {
            return;
        }

        // A stream is one message as far as its first bytes go; the sample is no cut of a longer datagram.
        FlowFields fields = flow.Flow;
        bool outward = direction == PayloadDirection.Out;
        PayloadScore score = PayloadScorer.Score(bytes, PayloadSamples.Context(fields, !side.StartSeen, 0) with
        {
            SourcePort = outward ? fields.SrcPort : fields.DstPort,
            DestinationPort = outward ? fields.DstPort : fields.SrcPort,
        });

        // What names the flow names all of it: one datagram of a call looks like chance, and the other direction told.
        PayloadScore named = protocol is null || score.Protocol is not null ? score
            : score with { Verdict = PayloadVerdict.Protocol, Protocol = protocol, XorKeyLength = null, EcbRepeats = 0 };
        Emit(flow, PayloadSamples.Fields(named, direction, offset, Math.Max(length, bytes.Length), bytes), context);
        if (score.Body is { Sampled: >= SampleLengths.Accumulate } body)
        {
            // Headers are text whatever the body is: it is judged by itself, as a sample of its own.
            int headers = Math.Max(0, bytes.Length - body.Sampled);
            Emit(flow, PayloadSamples.Fields(body, direction, offset + headers, body.Sampled, bytes[headers..]), context);
        }
    }

    private static void Emit(CapturedFlow flow, PayloadFields payload, RecordContext context) => context.Emit(new()
    {
        Kind = ObservationKind.Payload,
        Source = SourceNames.Capture,
        Platform = TelemetryPlatform.Network,
        Time = flow.Start,
        Flow = flow.Flow,
        Payload = payload,
    });
}
