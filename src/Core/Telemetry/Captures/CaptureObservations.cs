using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Flow;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Captures;

/// <summary>Makes observations of captured flows: the flow, and its first payloads each way.</summary>
internal static class CaptureObservations
{
    /// <summary>Emits what one flow says.</summary>
    public static void Emit(CapturedFlow flow, FlowScore judged, RecordContext context)
    {
        FlowFields fields = flow.Flow;
        context.Emit(new()
        {
            Kind = ObservationKind.Flow,
            Source = SourceNames.Capture,
            Platform = TelemetryPlatform.Network,
            Time = flow.Start,
            RecordTime = Recorded(flow, context),
            Flow = fields,
        });
        Emit(flow, flow.Out, judged.Out, PayloadDirection.Out, judged.Protocol, context);
        Emit(flow, flow.In, judged.In, PayloadDirection.In, judged.Protocol, context);
    }

    private static void Emit(
        CapturedFlow flow, CapturedDirection side, DirectionScore judged, PayloadDirection direction, string? protocol,
        RecordContext context)
    {
        if (!side.FirstBytes.IsEmpty)
        {
            // A stream is one message as far as its first bytes go.
            int length = (int)Math.Min(side.PayloadBytes, int.MaxValue);
            Emit(flow, judged.Scores[0], direction, side.FirstBytes.Span, 0, length, protocol, context);
            return;
        }

        long offset = 0;
        for (int index = 0; index < Math.Min(side.Datagrams.Count, DirectionScore.MaxSamples); index++)
        {
            ReadOnlySpan<byte> datagram = side.Datagrams[index].Span;
            Emit(flow, judged.Scores[index], direction, datagram, offset, datagram.Length, protocol, context);
            offset += datagram.Length;
        }
    }

    private static void Emit(
        CapturedFlow flow, PayloadScore score, PayloadDirection direction, ReadOnlySpan<byte> bytes, long offset, int length,
        string? protocol, RecordContext context)
    {
        if (bytes.Length < SampleLengths.Accumulate)
        {
            return;
        }

        // What names the flow names all of it: one datagram of a call looks like chance, and the other direction told.
        PayloadScore named = protocol is null || score.Protocol is not null ? score
            : score with { Verdict = PayloadVerdict.Protocol, Protocol = protocol, XorKeyLength = null, EcbRepeats = 0 };
        Emit(flow, SampledPayload.Fields(named, direction, offset, Math.Max(length, bytes.Length), bytes), context);
        if (score.Body is { Sampled: >= SampleLengths.Accumulate } body)
        {
            // Headers are text whatever the body is: it is judged by itself, as a sample of its own.
            int headers = Math.Max(0, bytes.Length - body.Sampled);
            Emit(flow, SampledPayload.Fields(body, direction, offset + headers, body.Sampled, bytes[headers..]), context);
        }
    }

    /// <summary>A flow of which no time is known is at least no later than its file.</summary>
    private static DateTimeOffset? Recorded(CapturedFlow flow, RecordContext context) =>
        flow.Start is null ? context.InputTime ?? context.Clock.GetUtcNow() : null;

    private static void Emit(CapturedFlow flow, PayloadFields payload, RecordContext context) => context.Emit(new()
    {
        Kind = ObservationKind.Payload,
        Source = SourceNames.Capture,
        Platform = TelemetryPlatform.Network,
        Time = flow.Start,
        RecordTime = Recorded(flow, context),
        Flow = flow.Flow,
        Payload = payload,
    });
}
