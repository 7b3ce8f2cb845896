using System.Globalization;
using System.Text.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Functions.Ingestion;

namespace CipherWatch.Functions.DeadLetters;

/// <summary>
/// Dead letters as JSON objects: <c>hub, partition, offset, sequenceNumber, enqueuedTime, partitionKey, contentType, properties,
/// recordOffset, line, part, source, reason, raw</c>; what is not known is absent, and <c>raw</c> is base64. Where a deployment keeps no
/// bytes, <c>rawLength</c> says how many there were.
/// </summary>
internal static class LetterJson
{
    /// <summary>Writes one letter.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="kept">The letter.</param>
    /// <param name="withBytes">Whether its bytes are kept.</param>
    public static void Write(Utf8JsonWriter writer, KeptLetter kept, bool withBytes = true)
    {
        (BodyOrigin origin, DeadLetter letter) = kept;
        writer.WriteStartObject();
        writer.WriteString("hub", origin.Source);
        Text(writer, "partition", origin.Partition);
        Text(writer, "offset", origin.Offset);
        if (origin.SequenceNumber is { } sequence)
        {
            writer.WriteNumber("sequenceNumber", sequence);
        }

        if (origin.EnqueuedTime is { } enqueued)
        {
            writer.WriteString("enqueuedTime", ObservationJson.Iso(enqueued));
        }

        Text(writer, "partitionKey", origin.PartitionKey);
        Text(writer, "contentType", origin.ContentType);
        if (origin.Properties.Count > 0)
        {
            writer.WriteStartObject("properties");
            foreach ((string name, string value) in origin.Properties)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        writer.WriteNumber("recordOffset", letter.Origin.Offset);
        writer.WriteNumber("line", letter.Origin.Line);
        writer.WriteNumber("part", letter.Part);
        writer.WriteString("source", letter.Source);
        writer.WriteString("reason", letter.Reason);
        if (kept.BytesLeftOut is null && withBytes)
        {
            writer.WriteBase64String("raw", letter.Raw.Span);
        }
        else
        {
            writer.WriteNumber("rawLength", kept.BytesLeftOut ?? letter.Raw.Length);
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads one letter back.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static KeptLetter Read(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        try
        {
            BodyOrigin origin = new(
                root.GetProperty("hub").GetString()!,
                Text(root, "partition"),
                Text(root, "offset"),
                root.TryGetProperty("sequenceNumber", out JsonElement sequence) ? sequence.GetInt64() : null,
                Text(root, "enqueuedTime") is { } time ? DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) : null,
                Text(root, "partitionKey"))
            {
                ContentType = Text(root, "contentType"),
                Properties = root.TryGetProperty("properties", out JsonElement properties)
                    ? properties.EnumerateObject().ToDictionary(each => each.Name, each => each.Value.GetString()!, StringComparer.Ordinal)
                    : new Dictionary<string, string>(),
            };
            RecordOrigin place = new(origin.Name, root.GetProperty("line").GetInt64(), root.GetProperty("recordOffset").GetInt64());
            bool hasBytes = root.TryGetProperty("raw", out JsonElement raw);
            return new(origin, new(
                place,
                root.GetProperty("source").GetString()!,
                root.GetProperty("reason").GetString()!,
                root.GetProperty("part").GetInt32(),
                hasBytes ? raw.GetBytesFromBase64() : ReadOnlyMemory<byte>.Empty))
            {
                BytesLeftOut = hasBytes ? null : root.GetProperty("rawLength").GetInt64(),
            };
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException("The line is no dead letter.", exception);
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static void Text(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
