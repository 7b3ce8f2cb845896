using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Suricata;

/// <summary>What an alert carries of its packet or stream: base64 bytes where that is switched on, entropies of rule buffers.</summary>
internal static class EvePayload
{
    /// <summary>Looks for values that cannot be what their fields say.</summary>
    public static void Check(in JsonRecord record, in FieldValues values)
    {
        values.Boolean(record[EveFields.Stream]);
        values.Count(record[EveFields.PayloadLength]);
        if (values.IsThere(record[EveFields.Payload]) && Base64Field.Decode(record[EveFields.Payload], record.Text) is null)
        {
            values.Wrong(record[EveFields.Payload], "no base64");
        }
    }

    /// <summary>Emits an observation for each.</summary>
    public static void Emit(in EveEvent @event, in JsonRecord record, RecordContext context)
    {
        if (Base64Field.Decode(record[EveFields.Payload], record.Text) is { Length: > 0 } bytes)
        {
            // Of a stream, the bytes may have gone the other way than the packet that completed them.
            bool stream = record[EveFields.Stream].Boolean(record.Text) is true;
            int length = record[EveFields.PayloadLength].TryInteger(record.Text, out long whole)
                && whole >= bytes.Length && whole <= int.MaxValue
                ? (int)whole : bytes.Length;
            PayloadScore score = PayloadScorer.Score(bytes, SampledPayload.Context(new(@event.Packet), startUnseen: false, length));
            PayloadDirection direction = stream ? PayloadDirection.Unknown : DirectionOf(@event);
            PayloadFields sample = SampledPayload.Fields(score, direction, null, length, bytes);
            Emit(@event, record, sample, context);
            if (SampledPayload.Body(sample) is { } body)
            {
                Emit(@event, record, body, context);
            }
        }

        JsonRecord metadata = record.Nested(EveFields.Metadata, EveFields.DetailNames, stackalloc FieldSpan[EveFields.DetailNames.Count]);
        FieldSpan buffers = metadata[(int)EveDetailField.Entropy];
        if (buffers.Form != FieldForm.Object)
        {
            return;
        }

        JsonScanner scanner = new(metadata.Text, buffers.Start);
        while (scanner.Next(out FieldSpan name, out FieldSpan value))
        {
            // The buffer's length is not written, and without it an entropy has no score.
            if (value.TryDouble(metadata.Text, out double entropy))
            {
                PayloadScore score = PayloadScorer.ScoreEntropy(entropy);
                Emit(@event, record, SampledPayload.Fields(score, PayloadDirection.Unknown, null, 0, name.Of(metadata.Text)), context);
            }
        }
    }

    /// <summary>The packet went from the end that is written as source, whichever that is of the flow.</summary>
    private static PayloadDirection DirectionOf(in EveEvent @event) =>
        @event.Initiator == EveInitiator.Destination ? PayloadDirection.In : PayloadDirection.Out;

    private static void Emit(in EveEvent @event, in JsonRecord record, PayloadFields payload, RecordContext context)
    {
        string? uid = EveRecord.FlowId(record);
        context.Emit(new()
        {
            Kind = ObservationKind.Payload,
            Source = SourceNames.Suricata,
            Platform = TelemetryPlatform.Network,
            Time = @event.Recorded,
            Flow = new(@event.Ends) { InitiatorKnown = @event.InitiatorKnown },
            Payload = payload,
            FlowUid = uid,
        });
    }
}
