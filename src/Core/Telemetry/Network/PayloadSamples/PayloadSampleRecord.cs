using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;
using Field = CipherWatch.Core.Telemetry.Network.PayloadSamples.PayloadSampleFields;

namespace CipherWatch.Core.Telemetry.Network.PayloadSamples;

/// <summary>
/// CipherWatch's own payload-sample record: first bytes of one direction of a flow, or their histogram, from a sensor that can
/// export them. Its schema is docs/schemas/payload-sample.schema.json; what the schema demands is checked here, field by field.
/// </summary>
internal static class PayloadSampleRecord
{
    private const string BothOrNone = "Payload sample: it needs either 'bytes' or 'histogram', and not both.";

    private static ReadOnlySpan<byte> Version => "payload-sample/1"u8;

    /// <summary>No other format has a <c>cipherwatch</c> field.</summary>
    public static bool Fits(in JsonRecord record) => record.Has(Field.CipherWatch);

    /// <summary>Reads one sample.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        if (!record[Field.CipherWatch].Is(record.Text, Version))
        {
            return Broken("Payload sample of a version that is not known: 'cipherwatch' must be \"payload-sample/1\".");
        }

        if (FieldText.InvalidUtf8At(record.Text) >= 0)
        {
            return Broken("Payload sample: not UTF-8.");
        }

        if (!record[Field.Time].IsText || !Timestamps.TryParse(record[Field.Time].Of(record.Text), out DateTimeOffset time))
        {
            return Broken("Payload sample: 'time' must be an ISO 8601 time.");
        }

        if (PayloadSampleFlow.Read(record, out FlowFields? flow, out string? communityId) is { } flowFault)
        {
            return Broken(flowFault);
        }

        if (PayloadSamplePlace.Read(record, out PayloadSamplePlace place) is { } placeFault)
        {
            return Broken(placeFault);
        }

        if (record.Has(Field.Bytes) == record.Has(Field.Histogram))
        {
            return Broken(BothOrNone);
        }

        string? contentFault = record.Has(Field.Bytes)
            ? PayloadSampleContent.ReadBytes(record, flow, place, out PayloadSampleContent content)
            : PayloadSampleContent.ReadHistogram(record, place, out content);
        if (contentFault is not null)
        {
            return Broken(contentFault);
        }

        (string? host, string? fqdn) = HostNames.Split(record[Field.Host].Text(record.Text));
        string? uid = record[Field.Uid].Text(record.Text) ?? (flow is null ? communityId : null);
        Handshake handshake = place.Handshake != Handshake.Unknown ? place.Handshake : content.Handshake;
        Observation observation = new()
        {
            Kind = ObservationKind.Payload,
            Source = SourceNames.PayloadSample,
            Platform = TelemetryPlatform.Network,
            Time = time,
            Host = host,
            HostFqdn = fqdn,
            Flow = flow is null ? null : flow with { Handshake = handshake, Application = content.Payload.Score.Protocol },
            Payload = flow is null ? content.Payload with { Handshake = handshake } : content.Payload,
            FlowUid = uid,
        };
        context.Emit(observation);
        if (SampledPayload.Body(observation.Payload) is { } body)
        {
            context.Emit(observation with { Payload = body });
        }

        return RecordResult.Observed(SourceNames.PayloadSample);
    }

    private static RecordResult Broken(string reason) => RecordResult.DeadLettered(SourceNames.PayloadSample, reason);
}
