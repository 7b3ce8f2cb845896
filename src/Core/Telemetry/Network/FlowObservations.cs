using System.Buffers.Binary;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Network;

/// <summary>Emits what a flow record says: the flow, and what is known of its bytes.</summary>
internal static class FlowObservations
{
    /// <summary>Emits the flow.</summary>
    public static void EmitFlow(FlowFields flow, DateTimeOffset? time, RecordContext context, string source = SourceNames.Netflow) =>
        context.Emit(new()
        {
            Kind = ObservationKind.Flow,
            Source = source,
            Platform = TelemetryPlatform.Network,
            Time = time,
            RecordTime = Recorded(time, context),
            Flow = flow,
        });

    /// <summary>Emits an entropy that the exporter worked out.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="time">When it began.</param>
    /// <param name="direction">Which way the bytes went.</param>
    /// <param name="entropy">Bits per byte.</param>
    /// <param name="length">Bytes behind the figure; null where the exporter does not say, and then it has no score.</param>
    /// <param name="context">Where it goes.</param>
    public static void EmitEntropy(
        FlowFields flow, DateTimeOffset? time, PayloadDirection direction, double entropy, int? length, RecordContext context)
    {
        Span<byte> content = stackalloc byte[sizeof(long) + sizeof(int)];
        BinaryPrimitives.WriteInt64LittleEndian(content, BitConverter.DoubleToInt64Bits(entropy));
        BinaryPrimitives.WriteInt32LittleEndian(content[sizeof(long)..], length ?? 0);
        PayloadScore score = PayloadScorer.ScoreEntropy(entropy, length);
        EmitPayload(flow, time, SampledPayload.Fields(score, direction, null, length ?? 0, content), context);
    }

    /// <summary>Emits a scored sample.</summary>
    public static void EmitPayload(FlowFields flow, DateTimeOffset? time, PayloadFields payload, RecordContext context) =>
        context.Emit(new()
        {
            Kind = ObservationKind.Payload,
            Source = SourceNames.Netflow,
            Platform = TelemetryPlatform.Network,
            Time = time,
            RecordTime = Recorded(time, context),
            Flow = flow,
            Payload = payload,
        });

    /// <summary>A record without any time is of when it came in, or of when its file was written.</summary>
    private static DateTimeOffset? Recorded(DateTimeOffset? time, RecordContext context) => time is null ? context.InputTime : null;
}
