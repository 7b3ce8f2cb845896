using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Functions.Ingestion;

namespace CipherWatch.Functions.DeadLetters;

/// <summary>A dead letter and the body it came in.</summary>
/// <param name="Origin">Where the body came from.</param>
/// <param name="Letter">The record, with its reason and its bytes.</param>
public sealed record KeptLetter(BodyOrigin Origin, DeadLetter Letter)
{
    /// <summary>
    /// The name it is kept under: the same each time the same record of the same event is read, so that a batch that is read again
    /// keeps it once. By hub and day, so that a person finds it.
    /// </summary>
    public string Name
    {
        get
        {
            ContentHash hash = new(stackalloc byte[256]);
            hash.Add(Origin.Source);
            hash.Add(Origin.Partition);
            hash.Add(Origin.Offset);
            hash.Add(Origin.SequenceNumber ?? -1);
            hash.Add(Letter.Origin.Offset);
            hash.Add(Letter.Part);
            hash.Add(Letter.Reason);
            hash.Add(Letter.Raw.Span);
            string day = Origin.EnqueuedTime?.UtcDateTime.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture) ?? "requests";
            return string.Create(
                CultureInfo.InvariantCulture, $"{Origin.Source}/{day}/{Origin.SequenceNumber ?? 0:d19}-{hash.Finish():x32}.json");
        }
    }

    /// <summary>
    /// The letter as JSON: <c>hub, partition, offset, sequenceNumber, enqueuedTime, recordOffset, line, part, source, reason, raw</c>.
    /// </summary>
    public byte[] ToUtf8()
    {
        ArrayBufferWriter<byte> buffer = new(Letter.Raw.Length * 2);
        using (Utf8JsonWriter writer = new(buffer, ObservationJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("hub", Origin.Source);
            writer.WriteString("partition", Origin.Partition);
            writer.WriteString("offset", Origin.Offset);
            if (Origin.SequenceNumber is { } sequence)
            {
                writer.WriteNumber("sequenceNumber", sequence);
            }

            if (Origin.EnqueuedTime is { } enqueued)
            {
                writer.WriteString("enqueuedTime", ObservationJson.Iso(enqueued));
            }

            writer.WriteNumber("recordOffset", Letter.Origin.Offset);
            writer.WriteNumber("line", Letter.Origin.Line);
            writer.WriteNumber("part", Letter.Part);
            writer.WriteString("source", Letter.Source);
            writer.WriteString("reason", Letter.Reason);
            writer.WriteBase64String("raw", Letter.Raw.Span);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
